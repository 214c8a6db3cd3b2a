import type { Manifest } from './import/manifest'

/** What an import found and refused, as `kwiat data` and the data view show it. */
export interface PicturesReport {
  readonly source: Manifest['source']
  readonly pictures: number
  /** [height, width, channels] of each picture, as a network sees it. */
  readonly shape: readonly [number, number, number]
  readonly classes: Manifest['classes']
  /** Mean and standard deviation by channel, with black at −1 and white at 1. */
  readonly channels: readonly { readonly name: string; readonly mean: number; readonly deviation: number }[]
  readonly originals: { readonly smallest: Manifest['smallestOriginal']; readonly largest: Manifest['largestOriginal'] }
  /** Files that are no pictures. */
  readonly otherFiles: number
  readonly refused: {
    readonly count: number
    /** The first of them, with file name and reason. */
    readonly listed: Manifest['refused']
  }
  readonly fingerprint: string
}

const channelNames = { 1: ['grey'], 3: ['red', 'green', 'blue'] } as const

export function describePictures(manifest: Manifest): PicturesReport {
  const { size, channels } = manifest.options
  return {
    source: manifest.source,
    pictures: manifest.count,
    shape: [size, size, channels],
    classes: manifest.classes,
    channels: channelNames[channels].map((name, i) => ({
      name,
      mean: manifest.channelMeans[i]!,
      deviation: manifest.channelDeviations[i]!
    })),
    originals: { smallest: manifest.smallestOriginal, largest: manifest.largestOriginal },
    otherFiles: manifest.otherFiles,
    refused: { count: manifest.refusedCount, listed: manifest.refused },
    fingerprint: manifest.fingerprint
  }
}
