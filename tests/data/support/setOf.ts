import type { CacheEntry } from '../../../src/main/data/import/cacheEntry'
import { importPictures } from '../../../src/main/data/import/importPictures'
import type { ImportOptions } from '../../../src/main/data/import/manifest'
import type { PictureSource, SourceEntry } from '../../../src/main/data/source'
import { temporaryFolder } from '../../support/temporaryFolder'

export const importOptions: ImportOptions = { size: 16, channels: 3, crop: 'centre', classes: [] }

export interface TestPicture {
  readonly className: string
  /** Value of all its pixels. */
  readonly value: number
}

/** A source of 16×16 pictures in memory; every pixel has the picture's value, but the upper left one, which is 0. */
export function sourceOf(pictures: readonly TestPicture[], identity = 'test'): PictureSource {
  const names = [...new Set(pictures.map(({ className }) => className))].sort()
  return {
    kind: 'pictures',
    name: 'test',
    identity,
    pictureCount: pictures.length,
    classes: names.map((name) => ({ name, count: pictures.filter(({ className }) => className === name).length })),
    otherFiles: 0,
    entries: async function* ({ classes }): AsyncGenerator<SourceEntry> {
      for (const [index, { className, value }] of pictures.entries()) {
        if (classes.has(className)) {
          const pixels = new Uint8Array(16 * 16 * 3).fill(value)
          pixels.fill(0, 0, 3)
          yield {
            kind: 'picture',
            name: `${index}`,
            className,
            picture: { kind: 'raw', width: 16, height: 16, channels: 3, pixels }
          }
        }
      }
    }
  }
}

/** Imports pictures whose values are 1, 2, …; their classes are taken in turn. */
export async function importedSet(count: number, classNames: readonly string[] = ['only']): Promise<CacheEntry> {
  const pictures = Array.from({ length: count }, (_, i) => ({
    className: classNames[i % classNames.length] ?? '',
    value: i + 1
  }))
  return importPictures(sourceOf(pictures), importOptions, await temporaryFolder())
}
