import { createHash } from 'node:crypto'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { KwiatError } from '../../../shared/errors'
import { nodeErrorCode } from '../../files/nodeErrors'
import { checkCancelled } from '../checkCancelled'
import { type Refusal, refuse } from '../decode/picture'
import { mapInOrder } from '../mapInOrder'
import { reasonOf } from '../reasonOf'
import { checkFileCount, isClutter } from './entryPaths'
import { byPath, type FileTree, type ListedFile } from './fileTree'
import { readChunks } from './readChunks'

const statsInFlight = 16

interface FoundFile extends ListedFile {
  readonly modifiedMs: number
}

/**
 * A folder with all folders in it. Links are followed, each folder is entered once, so that loops end.
 *
 * @throws KwiatError `data-not-found` when the folder can't be listed
 */
export async function openFolderTree(folder: string): Promise<FileTree> {
  const root = resolve(folder)
  await checkReadable(root)
  return treeOf(root, basename(root), namesBelow(root, '', new Set()))
}

async function checkReadable(folder: string): Promise<void> {
  try {
    await readdir(folder)
  } catch (error) {
    throw new KwiatError(
      'data-not-found',
      { who: folder, expected: 'a folder that can be read', actual: reasonOf(error), todo: 'allow reading it' },
      error
    )
  }
}

/** Some files of one folder as a tree. */
export const openFiles = (folder: string, names: readonly string[]): Promise<FileTree> =>
  treeOf(resolve(folder), names[0] ?? basename(folder), names)

async function treeOf(
  root: string,
  name: string,
  paths: Iterable<string | Refusal> | AsyncIterable<string | Refusal>
): Promise<FileTree> {
  const files: FoundFile[] = []
  const refused: Refusal[] = []
  for await (const found of mapInOrder(paths, statsInFlight, (path) => inspect(root, path))) {
    if ('kind' in found) {
      refused.push(found)
    } else {
      files.push(found)
      checkFileCount(root, files.length)
    }
  }
  files.sort(byPath)
  return { name, identity: identityOf(root, files), files, refused, read: (...args) => readFiles(root, files, ...args) }
}

async function* readFiles(
  root: string,
  files: readonly ListedFile[],
  isWanted: (path: string) => boolean,
  signal?: AbortSignal
) {
  for (const { path, bytes } of files) {
    checkCancelled(signal)
    if (isWanted(path)) {
      yield { path, bytes, chunks: readChunks(join(root, path), bytes) }
    }
  }
}

async function* namesBelow(root: string, folder: string, visited: Set<string>): AsyncGenerator<string | Refusal> {
  const real = await realpath(join(root, folder))
  if (visited.has(real)) {
    return
  }
  visited.add(real)
  const entries = (await readdir(real, { withFileTypes: true })).filter(({ name }) => !isClutter(name))
  // Sorted, so that where two links lead to one folder it is always found under the same name.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(join(root, path))))
    yield* isFolder ? folderOrRefusal(root, path, visited) : [path]
  }
}

/** A folder that can't be entered is refused as a whole; the root has nobody to be listed by and fails. */
async function* folderOrRefusal(root: string, path: string, visited: Set<string>): AsyncGenerator<string | Refusal> {
  try {
    yield* namesBelow(root, path, visited)
  } catch (error) {
    yield unreadable(path, error)
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

async function inspect(root: string, path: string | Refusal): Promise<FoundFile | Refusal> {
  if (typeof path !== 'string') {
    return path
  }
  try {
    const stats = await stat(join(root, path))
    // Reading a pipe or a device might never end.
    return stats.isFile()
      ? { path, bytes: stats.size, modifiedMs: stats.mtimeMs }
      : unreadable(path, 'a device, pipe or socket instead of a file')
  } catch (error) {
    return unreadable(path, nodeErrorCode(error) === 'ENOENT' ? 'a link that leads nowhere' : error)
  }
}

const unreadable = (path: string, error: unknown): Refusal => refuse(path, 'picture-unreadable', reasonOf(error))

function identityOf(root: string, files: readonly FoundFile[]): string {
  const hash = createHash('sha256').update(root)
  for (const { path, bytes, modifiedMs } of files) {
    hash.update(`\0${path}\0${bytes}\0${modifiedMs}`)
  }
  return hash.digest('hex')
}
