import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { KwiatError } from '../../shared/errors'
import { exists } from '../files/exists'
import { unlessMissing } from '../files/nodeErrors'
import { hasPictureExtension, pictureFormatOf, readableFormats } from './decode/pictureFormat'
import type { PictureSource } from './source'
import { classNameFiles, hasCifarBatches, openCifarSource } from './sources/cifarSource'
import { flowersSource } from './sources/flowersSource'
import { idxContentOf, isIdxImagesPath, labelPathsOf, openIdxSource } from './sources/idxSource'
import { picturesSource } from './sources/picturesSource'
import type { FileTree } from './trees/fileTree'
import { openFiles, openFolderTree } from './trees/folderTree'
import { inflateIfGzip } from './trees/inflateIfGzip'
import { readChunks } from './trees/readChunks'
import { openTarTree } from './trees/tarTree'
import { openZipTree } from './trees/zipTree'

/** The word that stands for the built-in flowers where a path is asked for. */
export const flowersName = 'flowers'

/** Enough to see the mark of a tar archive. */
const headBytes = 512

const wanted = `pictures (${readableFormats}), CIFAR batches (*.bin) or idx files (*-idx3-ubyte)`

/**
 * Opens what stands at a path: the word "flowers", a folder, a zip or tar archive, a CIFAR batch or an idx file. What it
 * is is decided by its content, and by its name only where the content says nothing.
 *
 * @throws KwiatError `data-not-found`, `data-unsupported`, `data-empty`, `data-corrupt`, `data-unsafe`, `data-too-large`
 */
export async function detectSource(path: string): Promise<PictureSource> {
  if (path === flowersName) {
    return flowersSource()
  }
  const stats = await unlessMissing(stat(path), null)
  if (stats === null) {
    throw new KwiatError('data-not-found', {
      who: path,
      expected: 'a folder or a file',
      actual: 'nothing there',
      todo: `check the path, or give "${flowersName}" for the built-in pictures`
    })
  }
  return stats.isDirectory() ? sourceOf(await openFolderTree(path)) : sourceOfFile(path, await headOf(path, stats.size))
}

/** What a folder or an archive is, by the files in it. */
async function sourceOf(tree: FileTree): Promise<PictureSource> {
  if (tree.files.some(({ path }) => hasPictureExtension(path))) {
    return picturesSource(tree)
  }
  if (hasCifarBatches(tree)) {
    return openCifarSource(tree)
  }
  if (tree.files.some(({ path }) => isIdxImagesPath(path))) {
    return openIdxSource(tree)
  }
  throw new KwiatError('data-empty', {
    who: tree.name,
    expected: wanted,
    actual: tree.files.length === 0 ? 'no files at all' : `other files only (${tree.files.length})`,
    todo: 'give a folder or an archive that holds pictures'
  })
}

/** A kind of file that pictures come in. */
interface FileKind {
  /** By the first bytes, unpacked when they are gzip. */
  readonly hasHead: (head: Uint8Array) => boolean
  readonly hasName: (name: string) => boolean
  readonly open: (path: string) => Promise<PictureSource>
}

const fileKinds: readonly FileKind[] = [
  {
    hasHead: (head) => ['PK\x03\x04', 'PK\x05\x06'].includes(latin(head.subarray(0, 4))),
    hasName: (name) => /\.zip$/i.test(name),
    open: async (path) => sourceOf(await openZipTree(path))
  },
  {
    hasHead: (head) => latin(head.subarray(257, 262)) === 'ustar',
    hasName: (name) => /\.(tar|tgz|tar\.gz)$/i.test(name),
    open: async (path) => sourceOf(await openTarTree(path))
  },
  {
    hasHead: (head) => idxContentOf(head) === 'images',
    hasName: isIdxImagesPath,
    open: async (path) => {
      const tree = await openBeside(path, labelPathsOf(basename(path)))
      return openIdxSource(tree, (file) => file === basename(path))
    }
  },
  {
    // Its records have no mark of their own.
    hasHead: () => false,
    hasName: (name) => /\.bin$/i.test(name),
    open: async (path) => openCifarSource(await openBeside(path, classNameFiles))
  }
]

function sourceOfFile(path: string, head: Uint8Array): Promise<PictureSource> {
  const kind =
    fileKinds.find(({ hasHead }) => hasHead(head)) ?? fileKinds.find(({ hasName }) => hasName(basename(path)))
  if (kind === undefined) {
    throw unsupported(path, head)
  }
  return kind.open(path)
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** The first bytes of a file, unpacked when it is gzip. */
async function headOf(path: string, bytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of inflateIfGzip({ path, bytes, chunks: readChunks(path, bytes) })) {
    parts.push(chunk)
    length += chunk.length
    if (length >= headBytes) {
      break
    }
  }
  return Buffer.concat(parts)
}

/** The file together with those of the other files that stand beside it. */
async function openBeside(path: string, others: readonly string[]): Promise<FileTree> {
  const folder = dirname(path)
  const standing: string[] = []
  for (const name of others) {
    if (await exists(join(folder, name))) {
      standing.push(name)
    }
  }
  return openFiles(folder, [basename(path), ...standing])
}

function unsupported(path: string, head: Uint8Array): KwiatError {
  const isPicture = pictureFormatOf(head) !== null
  const isLabels = idxContentOf(head) === 'labels'
  return new KwiatError('data-unsupported', {
    who: path,
    expected: 'a folder, a zip or tar archive, a CIFAR batch (*.bin) or an idx file of pictures',
    actual: isPicture ? 'a single picture' : isLabels ? 'an idx file of labels' : 'a file of another kind',
    todo: isPicture
      ? 'give the folder that the picture lies in'
      : isLabels
        ? 'give the file of pictures beside it'
        : 'put the pictures into a folder and give that'
  })
}
