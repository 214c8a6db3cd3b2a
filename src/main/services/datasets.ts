import { detectSource } from '../data/detectSource'
import type { CacheEntry } from '../data/import/cacheEntry'
import { type ImportHooks, importPictures } from '../data/import/importPictures'
import type { ImportOptions } from '../data/import/manifest'
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
