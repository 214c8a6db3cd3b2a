import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectSource } from '../../../src/main/data/detectSource'
import { importPictures } from '../../../src/main/data/import/importPictures'
import type { ImportProgress } from '../../../src/main/data/import/importTally'
import type { ImportOptions } from '../../../src/main/data/import/manifest'
import type { PictureSource } from '../../../src/main/data/source'
import { Cancelled } from '../../../src/shared/errors'
import { rejection } from '../../support/rejection'
import { canMount, smallDisk } from '../../support/smallDisk'
import { temporaryFolder } from '../../support/temporaryFolder'
import { type DiskOperation, nodeError, watchedDisk } from '../../support/watchedDisk'
import { blue, green, picture, plainPng, pngClaiming, type Rgb, red } from '../support/pictureFiles'
import { importOptions, sourceOf } from '../support/setOf'
import { zipBytes } from '../support/zipBytes'

async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

const threePictures = async () => ({
  'cat/1.png': await plainPng(16, red),
  'frog/1.png': await picture(48, 32, () => green)
    .png()
    .toBuffer(),
  'frog/2.png': await plainPng(20, blue)
})

const options = (changes: Partial<ImportOptions> = {}): ImportOptions => ({ ...importOptions, ...changes })

/** A source that counts how often its pictures are read. */
function counted(source: PictureSource): { source: PictureSource; reads: () => number } {
  let reads = 0
  return {
    source: {
      ...source,
      entries: (request) => {
        reads++
        return source.entries(request)
      }
    },
    reads: () => reads
  }
}

const plain = (count: number) =>
  sourceOf(Array.from({ length: count }, (_, i) => ({ className: 'only', value: i % 256 })))

describe('an import', () => {
  it('packs the pictures as [count, size, size, channels] in the order of the source, with their labels', async () => {
    const cache = await temporaryFolder()
    const source = await detectSource(await folderOf(await threePictures()))
    const { folder, manifest } = await importPictures(source, options(), cache)
    expect(await readdir(folder)).toEqual(['labels.i32', 'manifest.json', 'pixels.u8'])
    const pixels = await readFile(join(folder, 'pixels.u8'))
    const expected = Buffer.concat(
      [red, green, blue].map((colour: Rgb) => Buffer.alloc(16 * 16 * 3, Uint8Array.from(colour)))
    )
    expect(pixels.equals(expected)).toBe(true)
    expect([...(await readFile(join(folder, 'labels.i32')))]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0])
    expect(manifest).toEqual({
      format: 'kwiat-pictures',
      version: 1,
      source: { kind: 'pictures', name: source.name },
      options: options(),
      count: 3,
      classes: [
        { name: 'cat', count: 1 },
        { name: 'frog', count: 2 }
      ],
      channelMeans: [-1 / 3, -1 / 3, -1 / 3].map((mean) => expect.closeTo(mean, 12)),
      channelDeviations: [0, 0, 0].map(() => expect.closeTo(Math.sqrt(8) / 3, 12)),
      smallestOriginal: { width: 16, height: 16 },
      largestOriginal: { width: 48, height: 32 },
      fingerprint: createHash('sha256').update(expected).digest('hex'),
      labelsSha256: createHash('sha256')
        .update(await readFile(join(folder, 'labels.i32')))
        .digest('hex'),
      otherFiles: 0,
      refusedCount: 0,
      refused: []
    })
  })

  it('has the fingerprint of its pixels: alike for a folder and a zip of it, other for other options', async () => {
    const files = await threePictures()
    const folder = await folderOf(files)
    const zip = join(await temporaryFolder(), 'set.zip')
    const entries = Object.entries(files).reverse()
    await writeFile(zip, zipBytes(entries.map(([name, content]) => ({ name, content }))))
    const fingerprintOf = async (path: string, changes?: Partial<ImportOptions>) =>
      (await importPictures(await detectSource(path), options(changes), await temporaryFolder())).manifest.fingerprint
    const first = await fingerprintOf(folder)
    expect(await fingerprintOf(zip)).toBe(first)
    expect(await fingerprintOf(folder, { crop: 'pad' })).not.toBe(first)
    expect(await fingerprintOf(folder, { channels: 1 })).not.toBe(first)
  })

  it('takes the wanted classes only, and names those that there are when one is unknown', async () => {
    const source = await detectSource(await folderOf(await threePictures()))
    const { manifest } = await importPictures(source, options({ classes: ['frog'] }), await temporaryFolder())
    expect(manifest).toMatchObject({ count: 2, classes: [{ name: 'frog', count: 2 }] })
    const cache = join(await temporaryFolder(), 'cache')
    const error = await rejection('class-unknown', () => importPictures(source, options({ classes: ['dog'] }), cache))
    expect(error.message).toBe(
      `${source.name}: expected a class among cat, frog, got "dog"; choose one of those, or none to use all.`
    )
  })

  it('refuses pictures that can’t be read, lists them with the reason, and takes the others', async () => {
    const source = await detectSource(
      await folderOf({
        ...(await threePictures()),
        'frog/3.png': pngClaiming(30_000, 30_000),
        'frog/4.jpg': 'not a picture',
        'frog/5.png': (await plainPng(64, red)).subarray(0, 90),
        'readme.txt': 'read me'
      })
    )
    const { manifest } = await importPictures(source, options(), await temporaryFolder())
    expect(manifest).toMatchObject({ count: 3, refusedCount: 3, otherFiles: 1 })
    expect(manifest.refused).toEqual([
      {
        name: 'frog/3.png',
        code: 'picture-too-large',
        reason: '30000 × 30000 pixels, more than the 134 million that Kwiat decodes'
      },
      {
        name: 'frog/4.jpg',
        code: 'picture-unreadable',
        reason: 'not one of JPEG, PNG, WebP, GIF, TIFF, BMP by its content'
      },
      { name: 'frog/5.png', code: 'picture-unreadable', reason: expect.stringMatching(/\w/) }
    ])
  })

  it('of nothing but refused pictures fails with the first reasons, and leaves nothing', async () => {
    const cache = await temporaryFolder()
    const files = Object.fromEntries(['1', '2', '3', '4'].map((name) => [`${name}.jpg`, 'not a picture']))
    const error = await rejection('data-empty', async () =>
      importPictures(await detectSource(await folderOf(files)), options(), cache)
    )
    const reason = 'not one of JPEG, PNG, WebP, GIF, TIFF, BMP by its content'
    expect(error.message).toContain(
      `expected a picture that can be used, got 4 refused (1.jpg: ${reason}; 2.jpg: ${reason}; 3.jpg: ${reason}); `
    )
    expect(await readdir(cache)).toEqual([])
  })

  it('tells how far it is, and ends at its total', async () => {
    const seen: ImportProgress[] = []
    await importPictures(plain(50), options(), await temporaryFolder(), {
      onProgress: (progress) => seen.push(progress)
    })
    expect(seen.length).toBeGreaterThanOrEqual(2)
    expect(seen[0]).toEqual({ done: 1, total: 50, refused: 0 })
    expect(seen.at(-1)).toEqual({ done: 50, total: 50, refused: 0 })
  })

  it('tells the total of the chosen classes, or none where it is not known', async () => {
    const totalOf = async (source: PictureSource, classes: string[]) => {
      const totals = new Set<number | null>()
      await importPictures(source, options({ classes }), await temporaryFolder(), {
        onProgress: ({ total }) => totals.add(total)
      })
      return [...totals]
    }
    const source = await detectSource(await folderOf(await threePictures()))
    expect(await totalOf(source, ['frog'])).toEqual([2])
    expect(
      await totalOf({ ...source, classes: source.classes.map(({ name }) => ({ name, count: null })) }, ['frog'])
    ).toEqual([null])
  })
})

describe('the cache', () => {
  it('holds a set once: the second import of the same is the first one, in place', async () => {
    const cache = await temporaryFolder()
    const { source, reads } = counted(plain(3))
    const first = await importPictures(source, options(), cache)
    expect(await importPictures(source, options(), cache)).toEqual(first)
    expect(reads()).toBe(1)
    expect(await readdir(cache)).toHaveLength(1)
  })

  it('holds another set for other options or other content', async () => {
    const cache = await temporaryFolder()
    const path = await folderOf(await threePictures())
    const importIt = async (changes: Partial<ImportOptions>) =>
      (await importPictures(await detectSource(path), options(changes), cache)).folder
    const folders = [
      await importIt({}),
      await importIt({ size: 20 }),
      await importIt({ classes: ['frog'] }),
      await importIt({ channels: 1 })
    ]
    await utimes(join(path, 'cat/1.png'), 1, 1)
    folders.push(await importIt({}))
    expect(new Set(folders).size).toBe(5)
    expect((await readdir(cache)).length).toBe(5)
    expect(await importIt({ classes: ['frog', 'cat'] })).toBe(await importIt({ classes: ['cat', 'frog'] }))
  })

  it('imports again what has lost a file or its end, or whose manifest is broken', async () => {
    const cache = await temporaryFolder()
    const { source, reads } = counted(plain(3))
    const { folder, manifest } = await importPictures(source, options(), cache)
    for (const spoil of [
      () => truncate(join(folder, 'pixels.u8'), 100),
      () => truncate(join(folder, 'labels.i32'), 4),
      () => writeFile(join(folder, 'manifest.json'), '{"format":"kwiat-pictures"'),
      () => writeFile(join(folder, 'manifest.json'), '{"format":"something else"}')
    ]) {
      await spoil()
      expect((await importPictures(source, options(), cache)).manifest).toEqual(manifest)
    }
    expect(reads()).toBe(5)
  })

  it('removes what a crash left a day ago, and not what another process may be writing', async () => {
    const cache = await temporaryFolder()
    const stale = join(cache, '.old-16-0123.0123abcd.unfinished')
    const fresh = join(cache, '.new-16-0123.0123abcd.unfinished')
    const old = new Date(Date.now() - 25 * 3600 * 1000)
    for (const folder of [stale, fresh]) {
      await mkdir(folder)
      await writeFile(join(folder, 'pixels.u8'), 'pixels')
      await utimes(folder, old, old)
    }
    await utimes(join(stale, 'pixels.u8'), old, old)
    const { folder } = await importPictures(plain(3), options(), cache)
    expect((await readdir(cache)).sort()).toEqual(
      ['.new-16-0123.0123abcd.unfinished', folder.slice(cache.length + 1)].sort()
    )
  })
})

describe('an import that ends early', () => {
  it('because it is cancelled leaves nothing', async () => {
    const cache = await temporaryFolder()
    const stop = new AbortController()
    const importing = importPictures(plain(500), options(), cache, {
      signal: stop.signal,
      onProgress: () => stop.abort()
    })
    await expect(importing).rejects.toBeInstanceOf(Cancelled)
    expect(await readdir(cache)).toEqual([])
  })

  it('because it was cancelled before leaves nothing', async () => {
    const cache = await temporaryFolder()
    const zip = join(await temporaryFolder(), 'set.zip')
    await writeFile(zip, zipBytes([{ name: 'a.png', content: await plainPng(16, red) }]))
    for (const source of [plain(3), await detectSource(zip), await detectSource('flowers')]) {
      await expect(importPictures(source, options(), cache, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
        Cancelled
      )
    }
    expect(await readdir(cache)).toEqual([])
  })

  it('because the source breaks leaves nothing', async () => {
    const cache = await temporaryFolder()
    const broken: PictureSource = {
      ...plain(3),
      entries: async function* (request) {
        yield* plain(3).entries(request)
        throw new Error('the source broke')
      }
    }
    await expect(importPictures(broken, options(), cache)).rejects.toThrow('the source broke')
    expect(await readdir(cache)).toEqual([])
  })

  it('at any single operation of the disk leaves nothing or all', async () => {
    const operations: DiskOperation[] = []
    const whole = await importPictures(plain(5), options(), await temporaryFolder(), {
      disk: watchedDisk((operation) => operations.push(operation))
    })
    expect(operations.length).toBeGreaterThan(10)
    for (let failing = 0; failing < operations.length; failing++) {
      const cache = await temporaryFolder()
      let count = 0
      // From there on nothing works any more, as after a crash.
      const disk = watchedDisk(() => {
        if (count++ >= failing) {
          throw nodeError('EIO')
        }
      })
      await importPictures(plain(5), options(), cache, { disk }).catch(() => undefined)
      const left = await readdir(cache)
      expect(left.filter((name) => !name.startsWith('.')).length).toBeLessThanOrEqual(1)
      expect((await importPictures(plain(5), options(), cache)).manifest).toEqual(whole.manifest)
    }
  })

  it.skipIf(!canMount)('because the disk is full says so and leaves nothing (needs mount)', async () => {
    const { folder: cache } = smallDisk(2)
    const error = await rejection('disk-full', () => importPictures(plain(4000), options(), cache))
    expect(error.message).toMatch(
      /^saving the pictures of test in .*: expected 3\.1 MB of free space, got a full disk with 2\.\d MB free; free some space and try again \(nothing half-written was left there\)\.$/
    )
    expect(await readdir(cache)).toEqual([])
    expect((await importPictures(plain(400), options(), cache)).manifest.count).toBe(400)
  })

  it('because the disk can’t be written to says so', async () => {
    const disk = watchedDisk(({ kind }) => {
      if (kind === 'createFile') {
        throw nodeError('EROFS')
      }
    })
    const cache = await temporaryFolder()
    const error = await rejection('disk-unwritable', () => importPictures(plain(4), options(), cache, { disk }))
    expect(error.message).toContain('expected a folder that can be written to, got a read-only disk; ')
  })
})
