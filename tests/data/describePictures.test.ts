import { describe, expect, it } from 'vitest'
import { describePictures } from '../../src/main/data/describePictures'
import type { Manifest } from '../../src/main/data/import/manifest'

const manifest: Manifest = {
  format: 'kwiat-pictures',
  version: 1,
  source: { kind: 'pictures', name: 'set.zip' },
  options: { size: 32, channels: 3, crop: 'centre', classes: [] },
  count: 2,
  classes: [{ name: 'frog', count: 2 }],
  channelMeans: [0.1, 0.2, 0.3],
  channelDeviations: [0.4, 0.5, 0.6],
  smallestOriginal: { width: 8, height: 9 },
  largestOriginal: { width: 80, height: 90 },
  fingerprint: 'a'.repeat(64),
  labelsSha256: 'b'.repeat(64),
  otherFiles: 3,
  refusedCount: 1,
  refused: [{ name: 'x.jpg', code: 'picture-unreadable', reason: 'broken' }]
}

describe('the report of an import', () => {
  it('says what was found and what was refused', () => {
    expect(describePictures(manifest)).toEqual({
      source: { kind: 'pictures', name: 'set.zip' },
      pictures: 2,
      shape: [32, 32, 3],
      classes: [{ name: 'frog', count: 2 }],
      channels: [
        { name: 'red', mean: 0.1, deviation: 0.4 },
        { name: 'green', mean: 0.2, deviation: 0.5 },
        { name: 'blue', mean: 0.3, deviation: 0.6 }
      ],
      originals: { smallest: { width: 8, height: 9 }, largest: { width: 80, height: 90 } },
      otherFiles: 3,
      refused: { count: 1, listed: [{ name: 'x.jpg', code: 'picture-unreadable', reason: 'broken' }] },
      fingerprint: 'a'.repeat(64)
    })
  })

  it('names the one channel of grey pictures', () => {
    const grey = {
      ...manifest,
      options: { ...manifest.options, channels: 1 as const },
      channelMeans: [0],
      channelDeviations: [1]
    }
    expect(describePictures(grey).channels).toEqual([{ name: 'grey', mean: 0, deviation: 1 }])
  })
})
