import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectSource } from '../../src/main/data/detectSource'
import { importPictures } from '../../src/main/data/import/importPictures'
import type { ImportOptions, Manifest } from '../../src/main/data/import/manifest'
import { temporaryFolder } from '../support/temporaryFolder'
import { cifar10Names } from './support/cifarBytes'

const folder = process.env.KWIAT_TEST_DATA ?? ''
const frogs = join(folder, 'cifar10-frog-train.zip')
const tenClasses = join(folder, 'cifar10-400-per-class.zip')
const batches = join(folder, 'cifar-10-binary-sample.tar.gz')
/** Where Debian's package dataset-fashion-mnist puts its files. */
const idxFolder = process.env.KWIAT_TEST_IDX ?? '/usr/share/datasets/fashion-mnist'

const colour: ImportOptions = { size: 32, channels: 3, crop: 'centre', classes: [] }

async function imported(path: string, options: ImportOptions): Promise<{ manifest: Manifest; seconds: number }> {
  const cache = await temporaryFolder()
  const start = performance.now()
  const { manifest } = await importPictures(await detectSource(path), options, cache)
  return { manifest, seconds: (performance.now() - start) / 1000 }
}

describe('real sets', () => {
  it.skipIf(!existsSync(frogs))('5,000 small JPEGs import in under 10 s (needs KWIAT_TEST_DATA)', async () => {
    const { manifest, seconds } = await imported(frogs, colour)
    expect(manifest).toMatchObject({
      count: 5000,
      classes: [{ name: 'frog', count: 5000 }],
      refusedCount: 0,
      otherFiles: 0
    })
    expect(seconds).toBeLessThan(10)
  })

  it.skipIf(!existsSync(tenClasses))('one of ten classes is taken (needs KWIAT_TEST_DATA)', async () => {
    const { manifest } = await imported(tenClasses, { ...colour, classes: ['frog'] })
    expect(manifest).toMatchObject({ count: 400, classes: [{ name: 'frog', count: 400 }], refusedCount: 0 })
  })

  it.skipIf(!existsSync(batches))('CIFAR-10’s own archive is read (needs KWIAT_TEST_DATA)', async () => {
    const { manifest } = await imported(batches, colour)
    expect(manifest).toMatchObject({ count: 1000, classes: cifar10Names.map((name) => ({ name, count: 100 })) })
  })

  it.skipIf(!existsSync(idxFolder))(
    'Fashion-MNIST’s 70,000 pictures are read (needs KWIAT_TEST_IDX or Debian’s package)',
    async () => {
      const { manifest } = await imported(idxFolder, { ...colour, size: 28, channels: 1 })
      expect(manifest).toMatchObject({
        count: 70_000,
        classes: [...'0123456789'].map((name) => ({ name, count: 7000 }))
      })
      // Known from its authors' readers: mean 72.94 and deviation 90.02 of the 60,000 training pictures.
      expect(127.5 * (manifest.channelMeans[0]! + 1)).toBeCloseTo(73, 0)
      expect(127.5 * manifest.channelDeviations[0]!).toBeCloseTo(90, 0)
    }
  )
})
