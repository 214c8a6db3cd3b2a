import { maxPicturePixels } from '../limits'
import { type EntriesRequest, type PictureSource, type SourceClass, type SourceEntry, unsorted } from '../source'
import { corruptFile } from '../trees/entryPaths'
import type { FileTree, OpenedFile } from '../trees/fileTree'
import { inflateIfGzip } from '../trees/inflateIfGzip'
import { readWhole } from '../trees/readChunks'
import { countEach } from './countEach'
import { recordsOf } from './recordsOf'

/** Two zeros, 8 for unsigned bytes, and the number of dimensions. */
const imagesMagic = 0x00000803
const labelsMagic = 0x00000801
const imagesHeaderBytes = 16
const labelsHeaderBytes = 8
const maxLabelsBytes = 2 ** 28

/** A file of pictures and, where they are known, their labels. */
interface IdxFile {
  readonly path: string
  readonly count: number
  readonly height: number
  readonly width: number
  /** One label a picture. */
  readonly labels: Uint8Array | null
}

/** True for the names that such files have, as "train-images-idx3-ubyte.gz". */
export const isIdxImagesPath = (path: string): boolean => /idx3[-._]?ubyte(\.gz)?$/i.test(path)

/** True when the bytes are the beginning of an idx file of pictures; "labels" when of one of labels. */
export function idxContentOf(head: Uint8Array): 'images' | 'labels' | null {
  const magic = head.length < 4 ? null : Buffer.from(head).readUInt32BE(0)
  return magic === imagesMagic ? 'images' : magic === labelsMagic ? 'labels' : null
}

/** The paths under which the labels of a file of pictures may lie: "…-images-idx3-ubyte" → "…-labels-idx1-ubyte". */
export function labelPathsOf(imagesPath: string): string[] {
  const path = imagesPath
    .replace(/\.gz$/i, '')
    .replace(/image(s?)(?=[^/]*$)/i, 'label$1')
    .replace(/idx3(?=[^/]*$)/i, 'idx1')
  return imagesPath.startsWith(path) ? [] : [path, `${path}.gz`]
}

/**
 * The idx format of MNIST (LeCun, Cortes & Burges; yann.lecun.com/exdb/mnist), plain or gzip: a header of big-endian
 * 32-bit integers (magic number, count, rows, columns) and the grey pictures' bytes. Classes are the labels' numbers.
 *
 * @param isImages the files of pictures; their labels are looked for beside them
 * @throws KwiatError `data-corrupt` when a header and the bytes after it don't agree
 */
export async function openIdxSource(
  tree: FileTree,
  isImages: (path: string) => boolean = isIdxImagesPath
): Promise<PictureSource> {
  const labels = await readLabels(tree, isImages)
  const files = new Map<string, IdxFile>()
  for await (const file of tree.read(isImages)) {
    files.set(
      file.path,
      await inspect(
        file,
        labelPathsOf(file.path)
          .map((path) => labels.get(path))
          .find(Boolean) ?? null
      )
    )
  }
  const all = [...files.values()]
  return {
    kind: 'idx',
    name: tree.name,
    identity: tree.identity,
    pictureCount: all.reduce((sum, { count }) => sum + count, 0),
    classes: countClasses(all),
    otherFiles: tree.files.length - files.size - labels.size,
    entries: (request) => entriesOf(tree, files, request)
  }
}

async function readLabels(tree: FileTree, isImages: (path: string) => boolean): Promise<Map<string, Uint8Array>> {
  const wanted = new Set(
    tree.files
      .map(({ path }) => path)
      .filter(isImages)
      .flatMap(labelPathsOf)
  )
  const labels = new Map<string, Uint8Array>()
  for await (const file of tree.read((path) => wanted.has(path))) {
    const content = await readWhole(file.path, inflateIfGzip(file), maxLabelsBytes)
    const count =
      content.length < labelsHeaderBytes || content.readUInt32BE(0) !== labelsMagic ? null : content.readUInt32BE(4)
    if (count === null) {
      throw corruptFile(file.path, 'an idx file of labels', 'other content')
    }
    checkBytes(file.path, `${count} labels`, labelsHeaderBytes + count, content.length)
    labels.set(file.path, content.subarray(labelsHeaderBytes))
  }
  return labels
}

async function inspect(file: OpenedFile, labels: Uint8Array | null): Promise<IdxFile> {
  const head = Buffer.alloc(imagesHeaderBytes)
  let bytes = 0
  for await (const chunk of inflateIfGzip(file)) {
    if (bytes < imagesHeaderBytes) {
      head.set(chunk.subarray(0, imagesHeaderBytes - bytes), bytes)
    }
    bytes += chunk.length
  }
  const [magic, count, height, width] = [0, 4, 8, 12].map((at) => head.readUInt32BE(at))
  return checkFile(file.path, bytes, magic!, { path: file.path, count: count!, height: height!, width: width!, labels })
}

function checkFile(path: string, bytes: number, magic: number, file: IdxFile): IdxFile {
  const { count, height, width, labels } = file
  if (bytes < imagesHeaderBytes || magic !== imagesMagic) {
    throw corruptFile(path, 'an idx file of pictures (unsigned bytes, 3 dimensions)', 'other content')
  }
  if (height * width === 0 || height * width > maxPicturePixels) {
    throw corruptFile(path, 'pictures of a sensible size', `${width} × ${height} pixels`)
  }
  checkBytes(path, `${count} pictures of ${width} × ${height}`, imagesHeaderBytes + count * height * width, bytes)
  if (labels !== null && labels.length !== count) {
    throw corruptFile(path, `as many labels as its ${count} pictures`, `${labels.length} labels`)
  }
  return file
}

function checkBytes(path: string, what: string, expected: number, actual: number): void {
  if (actual !== expected) {
    throw corruptFile(path, `${expected} bytes for the ${what} that its header promises`, `${actual} bytes`)
  }
}

const classNameOf = ({ labels }: IdxFile, index: number): string => (labels === null ? unsorted : String(labels[index]))

function countClasses(files: readonly IdxFile[]): SourceClass[] {
  return [...countEach(classNames(files))]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([name, count]) => ({ name, count }))
}

function* classNames(files: readonly IdxFile[]): Generator<string> {
  for (const file of files) {
    for (let index = 0; index < file.count; index++) {
      yield classNameOf(file, index)
    }
  }
}

async function* entriesOf(
  tree: FileTree,
  files: ReadonlyMap<string, IdxFile>,
  { classes, signal }: EntriesRequest
): AsyncGenerator<SourceEntry> {
  for await (const opened of tree.read((path) => files.has(path), signal)) {
    const file = files.get(opened.path)!
    const { height, width } = file
    let index = 0
    for await (const pixels of recordsOf(file.path, inflateIfGzip(opened), height * width, imagesHeaderBytes)) {
      const className = classNameOf(file, index)
      if (classes.has(className)) {
        const picture = { kind: 'raw', width, height, channels: 1, pixels } as const
        yield { kind: 'picture', name: `${file.path}#${index}`, className, picture }
      }
      index++
    }
  }
}
