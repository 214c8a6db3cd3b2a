import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AllowedPaths } from '../../src/main/services/allowedPaths'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

async function places() {
  const folder = await temporaryFolder()
  const [chosen, other] = [join(folder, 'chosen'), join(folder, 'other')]
  await mkdir(join(chosen, 'inner'), { recursive: true })
  await mkdir(other)
  await writeFile(join(chosen, 'a.zip'), '')
  await symlink(other, join(chosen, 'link'))
  return { folder, chosen, other, paths: new AllowedPaths([chosen], 'choose it') }
}

test('what was chosen, what is in it and the built-in data are allowed', async () => {
  const { chosen, paths } = await places()
  expect(await paths.check(chosen)).toBe(chosen)
  expect(await paths.check(join(chosen, 'inner'))).toBe(join(chosen, 'inner'))
  expect(await paths.check(join(chosen, 'inner', '..', 'a.zip'))).toBe(join(chosen, 'a.zip'))
  expect(await paths.check(join(chosen, 'not-there.zip'))).toBe(join(chosen, 'not-there.zip'))
  expect(await paths.check('flowers')).toBe('flowers')
})

test('other places are refused: parents, neighbours, `..`, links that lead out, relative paths', async () => {
  const { folder, chosen, other, paths } = await places()
  for (const path of [
    folder,
    other,
    `${chosen}-neighbour`,
    `${chosen}/../other`,
    join(chosen, 'link'),
    join(chosen, 'link', 'x.zip'),
    'chosen',
    '/etc/passwd'
  ]) {
    const { message } = await rejection('path-not-allowed', () => paths.check(path))
    expect(message).toMatch(/; choose it\.$/)
  }
})

test('a place that is chosen later is allowed from then on', async () => {
  const { other, paths } = await places()
  await rejection('path-not-allowed', () => paths.check(other))
  paths.allow(other)
  expect(await paths.check(other)).toBe(other)
})
