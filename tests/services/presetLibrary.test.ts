import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { PresetLibrary } from '../../src/main/services/presetLibrary'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

async function openLibrary() {
  const folder = join(await temporaryFolder(), 'presets')
  const broken: string[] = []
  return { folder, broken, library: new PresetLibrary(folder, (path) => broken.push(path)) }
}

const own = async (library: PresetLibrary) => (await library.list()).filter(({ isBuiltIn }) => !isBuiltIn)

test('presets are saved under names of any kind, replaced under the same one, and removed', async () => {
  const { library, folder } = await openLibrary()
  expect((await library.list()).map(({ name }) => name)).toEqual(presetNames)
  const configuration = loadPreset('flowers-32')
  for (const name of ['żółte kwiaty', '../up', 'CON']) {
    await library.save(name, configuration)
  }
  const larger = { ...configuration, schedule: { ...configuration.schedule, batchSize: 7 } }
  await library.save('CON', larger)
  expect((await own(library)).map(({ name }) => name).sort()).toEqual(['../up', 'CON', 'żółte kwiaty'])
  expect((await library.find('CON')).schedule.batchSize).toBe(7)
  expect(await library.find('../up')).toEqual({ ...configuration, preset: '../up' })
  expect(await readdir(folder)).toHaveLength(3)
  await library.remove('../up')
  expect((await own(library)).map(({ name }) => name).sort()).toEqual(['CON', 'żółte kwiaty'])
})

test('built-in presets are neither replaced nor removed', async () => {
  const { library } = await openLibrary()
  const configuration = loadPreset('flowers-32')
  expect((await rejection('usage', () => library.save('Flowers-32', configuration))).message).toContain('built-in')
  await rejection('usage', () => library.remove('flowers-32'))
})

test('files that hold no preset are passed over and told of', async () => {
  const { library, folder, broken } = await openLibrary()
  await library.save('mine', loadPreset('flowers-32'))
  await writeFile(join(folder, 'preset-broken.json'), '{')
  expect((await own(library)).map(({ name }) => name)).toEqual(['mine'])
  expect(broken).toEqual([join(folder, 'preset-broken.json')])
})
