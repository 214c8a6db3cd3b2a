import { join } from 'node:path'
import { detectSource } from '../data/detectSource'
import type { CacheEntry } from '../data/import/cacheEntry'
import { type ImportHooks, importPictures } from '../data/import/importPictures'
import type { ImportOptions } from '../data/import/manifest'
import { openPictures } from '../data/pictures/openPictures'
import { encodeSheet } from '../train/pictureSheet'
import { userFolders } from './userFolders'

/**
 * Imports what stands at `path` (or the built-in "flowers") into the user's folder of pictures, or finds it there.
 *
 * @throws KwiatError for what can't be used, see `detectSource` and `importPictures`
 * @throws Cancelled
 */
export const importFrom = async (
  path: string,
  options: ImportOptions,
  hooks: Pick<ImportHooks, 'signal' | 'onProgress'>
): Promise<CacheEntry> => importPictures(await detectSource(path), options, userFolders().pictures, hooks)

/**
 * A sheet of pictures of an import, spread evenly over it, as a PNG; of all where `count` is more than there are.
 *
 * @param id name of the import's folder
 * @throws KwiatError `data-corrupt`
 */
export async function previewSheet(id: string, count: number): Promise<{ png: Uint8Array; count: number }> {
  const pictures = await openPictures(join(userFolders().pictures, id), 0)
  try {
    const { options, count: all } = pictures.manifest
    const { size, channels } = options
    const shown = Math.min(count, all)
    const pixels = new Uint8Array(shown * size * size * channels)
    await pictures.read(
      Uint32Array.from({ length: shown }, (_, index) => Math.floor((index * all) / shown)),
      pixels
    )
    return { png: await encodeSheet({ pixels, count: shown, size, channels }), count: shown }
  } finally {
    await pictures.close()
  }
}
