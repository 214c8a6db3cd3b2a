import type { RawPicture } from '../decode/picture'
import type { EntriesRequest, PictureSource, SourceEntry } from '../source'
import { corruptFile } from '../trees/entryPaths'
import type { FileTree, ListedFile } from '../trees/fileTree'
import { readWhole } from '../trees/readChunks'
import { recordsOf } from './recordsOf'

const side = 32
const planeBytes = side * side
const maxNamesBytes = 1 << 16

interface Layout {
  readonly name: string
  /** Bytes before the pixels; the last of them is the class. */
  readonly labelBytes: number
  readonly classCount: number
  readonly recordBytes: number
}

const layout = (name: string, labelBytes: number, classCount: number): Layout => ({
  name,
  labelBytes,
  classCount,
  recordBytes: labelBytes + 3 * planeBytes
})

/** CIFAR-100 has a coarse label before the fine one; the fine one is used. */
const layouts = [layout('CIFAR-10', 1, 10), layout('CIFAR-100', 2, 100)]

const isBatch = (path: string): boolean => /\.bin$/i.test(path)
const isClassNames = (path: string): boolean => /(^|\/)(batches\.meta|fine_label_names)\.txt$/i.test(path)

export const hasCifarBatches = (tree: FileTree): boolean => tree.files.some(({ path }) => isBatch(path))

/** Names under which the names of the classes lie beside a batch. */
export const classNameFiles = ['batches.meta.txt', 'fine_label_names.txt'] as const

/**
 * The binary version of CIFAR-10 and CIFAR-100 (Krizhevsky 2009; format: www.cs.toronto.edu/~kriz/cifar.html): records
 * of one or two label bytes and the planes R, G, B of 32×32 bytes.
 *
 * @throws KwiatError `data-corrupt` when a batch is not made of whole records
 */
export async function openCifarSource(tree: FileTree): Promise<PictureSource> {
  const batches = tree.files.filter(({ path }) => isBatch(path))
  const found = layoutOf(tree.name, batches)
  const names = await readClassNames(tree, found)
  const hasNames = tree.files.some(({ path }) => isClassNames(path))
  return {
    kind: 'cifar',
    name: tree.name,
    identity: tree.identity,
    pictureCount: batches.reduce((sum, { bytes }) => sum + bytes / found.recordBytes, 0),
    classes: names.map((name) => ({ name, count: null })),
    otherFiles: tree.files.length - batches.length - Number(hasNames),
    entries: (request) => entriesOf(tree, found, names, request)
  }
}

function layoutOf(name: string, batches: readonly ListedFile[]): Layout {
  const found = layouts.find(({ recordBytes }) => batches.every(({ bytes }) => bytes > 0 && bytes % recordBytes === 0))
  if (found === undefined) {
    const expected = layouts.map((known) => `${known.recordBytes} (${known.name})`).join(' or ')
    const broken = batches.find(({ bytes }) => layouts.every(({ recordBytes }) => bytes % recordBytes !== 0))
    throw corruptFile(
      broken?.path ?? name,
      `a multiple of ${expected} bytes`,
      broken === undefined ? 'batches of both kinds' : `${broken.bytes} bytes`
    )
  }
  return found
}

/** One name a line; the labels themselves where there is no such file. */
async function readClassNames(tree: FileTree, { classCount }: Layout): Promise<string[]> {
  for await (const { path, chunks } of tree.read(isClassNames)) {
    const text = (await readWhole(path, chunks, maxNamesBytes)).toString('utf8')
    const names = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
    if (names.length !== classCount || new Set(names).size !== classCount) {
      throw corruptFile(path, `${classCount} different class names`, `${names.length} lines`)
    }
    return names
  }
  return Array.from({ length: classCount }, (_, label) => String(label))
}

async function* entriesOf(
  tree: FileTree,
  { recordBytes, labelBytes }: Layout,
  names: readonly string[],
  { classes, signal }: EntriesRequest
): AsyncGenerator<SourceEntry> {
  for await (const { path, chunks } of tree.read(isBatch, signal)) {
    let index = 0
    for await (const record of recordsOf(path, chunks, recordBytes)) {
      const label = record[labelBytes - 1]!
      const className = names[label]
      if (className === undefined) {
        throw corruptFile(path, `labels below ${names.length}`, `label ${label} in record ${index}`)
      }
      if (classes.has(className)) {
        const picture = interleave(record.subarray(labelBytes))
        yield { kind: 'picture', name: `${path}#${index}`, className, picture }
      }
      index++
    }
  }
}

/** Planes [3, 32, 32] → pixels [32, 32, 3]. */
function interleave(planes: Uint8Array): RawPicture {
  const pixels = new Uint8Array(3 * planeBytes)
  for (let i = 0; i < planeBytes; i++) {
    pixels[3 * i] = planes[i]!
    pixels[3 * i + 1] = planes[planeBytes + i]!
    pixels[3 * i + 2] = planes[2 * planeBytes + i]!
  }
  return { kind: 'raw', width: side, height: side, channels: 3, pixels }
}
