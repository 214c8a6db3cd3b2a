import { KwiatError } from '../../../shared/errors'
import { type Refusal, refuse } from '../decode/picture'
import { hasPictureExtension } from '../decode/pictureFormat'
import { maxPictureBytes } from '../limits'
import { type EntriesRequest, type PictureSource, type SourceClass, type SourceEntry, unsorted } from '../source'
import type { FileTree, OpenedFile } from '../trees/fileTree'
import { readWhole } from '../trees/readChunks'
import { countEach } from './countEach'

/** Picture files, each of which belongs to the class that its folder is named after. */
export function picturesSource(tree: FileTree): PictureSource {
  const paths = tree.files.map(({ path }) => path).filter(hasPictureExtension)
  return {
    kind: 'pictures',
    name: tree.name,
    identity: tree.identity,
    pictureCount: paths.length + tree.refused.length,
    classes: countClasses(paths),
    otherFiles: tree.files.length - paths.length,
    entries: (request) => entriesOf(tree, request)
  }
}

/** The name of the folder that holds the picture: "train/frog/0001.jpg" → "frog". */
const classOfPath = (path: string): string => path.split('/').at(-2) ?? unsorted

function countClasses(paths: readonly string[]): SourceClass[] {
  const counts = countEach(paths.map(classOfPath))
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => ({ name, count }))
}

async function* entriesOf(tree: FileTree, { classes, signal }: EntriesRequest): AsyncGenerator<SourceEntry> {
  yield* tree.refused
  const isWanted = (path: string) => hasPictureExtension(path) && classes.has(classOfPath(path))
  for await (const file of tree.read(isWanted, signal)) {
    yield await entryOf(file)
  }
}

async function entryOf({ path, bytes, chunks }: OpenedFile): Promise<SourceEntry> {
  if (bytes > maxPictureBytes) {
    return tooLarge(path, bytes)
  }
  try {
    const content = await readWhole(path, chunks, maxPictureBytes)
    return { kind: 'picture', name: path, className: classOfPath(path), picture: { kind: 'encoded', bytes: content } }
  } catch (error) {
    if (error instanceof KwiatError) {
      return refuse(path, 'picture-unreadable', error.parts.actual)
    }
    throw error
  }
}

const tooLarge = (path: string, bytes: number): Refusal =>
  refuse(path, 'picture-too-large', `a file of ${bytes} bytes, more than the ${maxPictureBytes} that Kwiat reads`)
