import { dirname, join } from 'node:path'
import { KwiatError } from '../../shared/errors'
import { ensureFolder, writeFolder } from './atomicFolder'
import { type Disk, nodeDisk } from './disk'
import { exists } from './exists'
import { unfinishedPath } from './temporaryNames'
import { type FileParts, removeQuietly, writeFile } from './writeFile'

/** Names that are tried before one gives up. */
const maxAttempts = 1000

/** The path of this name in a folder, or of the first of "name-2.ext", "name-3.ext" … where nothing stands yet. */
export async function freePath(folder: string, name: string): Promise<string> {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const path = join(folder, attempt === 1 ? name : `${stem}-${attempt}${ending}`)
    if (!(await exists(path))) {
      return path
    }
  }
  throw taken(join(folder, name))
}

const taken = (path: string): KwiatError =>
  new KwiatError('file-exists', {
    who: path,
    expected: 'a name that is not taken',
    actual: 'something that stands there already',
    todo: 'choose another name, or move it away'
  })

/** @throws KwiatError `file-exists` when something stands at the path */
export async function checkFree(path: string): Promise<void> {
  if (await exists(path)) {
    throw taken(path)
  }
}

/**
 * Creates a file, whole or not at all, and never in the place of another.
 *
 * @throws KwiatError `file-exists`
 */
export async function createFile(path: string, parts: FileParts, disk: Disk = nodeDisk): Promise<number> {
  await ensureFolder(dirname(path), disk)
  const unfinished = unfinishedPath(path)
  try {
    const { bytes } = await writeFile(unfinished, parts, disk)
    await checkFree(path)
    await disk.rename(unfinished, path)
    await disk.syncFolder(dirname(path))
    return bytes
  } catch (error) {
    await removeQuietly(unfinished, disk)
    throw error
  }
}

/**
 * Creates a folder with these files, whole or not at all, and never in the place of another; returns their size in bytes.
 *
 * @throws KwiatError `file-exists`
 */
export async function createFolder(
  path: string,
  files: readonly { readonly name: string; readonly parts: FileParts }[],
  disk: Disk = nodeDisk
): Promise<number> {
  await ensureFolder(dirname(path), disk)
  await checkFree(path)
  return writeFolder(
    path,
    async (add) => {
      let total = 0
      for (const { name, parts } of files) {
        total += (await add(name, parts)).bytes
      }
      return total
    },
    disk
  )
}
