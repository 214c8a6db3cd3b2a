import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openTarTree } from '../../../src/main/data/trees/tarTree'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { readTree } from '../support/readTree'
import { type TarEntry, tarBytes } from '../support/tarBytes'

async function saved(bytes: Uint8Array, name = 'set.tar.gz'): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, bytes)
  return path
}

const tarGz = async (entries: readonly TarEntry[]): Promise<string> => saved(gzipSync(await tarBytes(entries)))

const file = (name: string): TarEntry => ({ name, content: name })

describe('a tar archive as a tree of files', () => {
  const entries: TarEntry[] = [{ name: 'b', type: 'directory' }, file('./b/2.txt'), file('a.txt'), file('._a.txt')]

  it.each([
    ['gzip', gzipSync],
    ['plain', (bytes: Buffer) => bytes]
  ])('lists its files in its own order, and reads the wanted ones (%s)', async (_, packed) => {
    const tree = await openTarTree(await saved(packed(await tarBytes(entries))))
    expect(tree.files).toEqual([
      { path: 'b/2.txt', bytes: 9 },
      { path: 'a.txt', bytes: 5 }
    ])
    expect(await readTree(tree, (path) => path === 'a.txt')).toEqual({ 'a.txt': 'a.txt' })
    expect(Object.keys(await readTree(tree))).toEqual(['b/2.txt', 'a.txt'])
  })

  it('reads on after a file that is left in its middle', async () => {
    const tree = await openTarTree(await tarGz([{ name: 'long', content: randomBytes(500_000) }, file('short')]))
    const seen: string[] = []
    for await (const { path, chunks } of tree.read(() => true)) {
      for await (const _ of chunks) {
        seen.push(path)
        break
      }
    }
    expect(seen).toEqual(['long', 'short'])
  })

  it('ends when the reader leaves it', async () => {
    const tree = await openTarTree(await tarGz([{ name: 'long', content: randomBytes(500_000) }, file('short')]))
    for await (const { path } of tree.read(() => true)) {
      expect(path).toBe('long')
      break
    }
    expect(Object.keys(await readTree(tree))).toEqual(['long', 'short'])
  })

  it.each(['../evil.bin', 'a/../../evil.bin', '/etc/evil.bin'])('is unsafe with the path %j', async (name) => {
    const path = await tarGz([file('a.bin'), file(name)])
    const error = await rejection('data-unsafe', () => openTarTree(path))
    expect(error.message).toBe(
      `set.tar.gz: expected entries that stay inside the archive, got the path "${name}"; ` +
        'do not use this file; if you trust its maker, unpack it yourself and give the folder.'
    )
  })

  it.each(['symlink', 'link', 'fifo', 'character-device'] as const)('is unsafe with a %s', async (type) => {
    const path = await tarGz([{ name: 'x.bin', type, linkname: '/etc/passwd' }])
    const error = await rejection('data-unsafe', () => openTarTree(path))
    expect(error.message).toContain(`expected files and folders only, got the ${type} "x.bin"`)
  })

  it('is unsafe when it unpacks to far more than such an archive holds', async () => {
    // One gzip member of 64 MiB of zeros takes 64 kB; gzip members may follow one another.
    const bomb = Buffer.concat(Array.from({ length: 5 }, () => zeros))
    const error = await rejection('data-unsafe', async () => openTarTree(await saved(bomb)))
    expect(error.message).toMatch(
      /^set\.tar\.gz: expected a file that unpacks to a sensible size, got more than 2[67]\d{7} bytes from \d+; /
    )
  })

  it('is corrupt when it is cut off or something else', async () => {
    const whole = await tarBytes([{ name: 'a', content: randomBytes(100_000) }])
    for (const bytes of [
      gzipSync(whole).subarray(0, 50_000),
      gzipSync(whole.subarray(0, 50_000)),
      gzipSync(randomBytes(5000)),
      whole.subarray(0, 5000)
    ]) {
      const error = await rejection('data-corrupt', async () => openTarTree(await saved(bytes)))
      expect(error.message).toMatch(
        /^set\.tar\.gz: expected .+, got .+; check that it is whole and readable, or get it again\.$/
      )
    }
  })
})

const zeros = gzipSync(Buffer.alloc(2 ** 26))
