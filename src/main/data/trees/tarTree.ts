import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import { checkCancelled } from '../checkCancelled'
import { type ArchiveFile, archiveFile } from './archiveFile'
import { asCorrupt, checkFileCount, isInClutter, safeEntryPath, unsafeArchive } from './entryPaths'
import type { FileTree, ListedFile, OpenedFile } from './fileTree'
import { inflateIfGzip } from './inflateIfGzip'
import { readChunks } from './readChunks'

/**
 * A tar archive, plain or gzip, in its own order. It is read from its beginning to list it and again to read it.
 *
 * @throws KwiatError `data-corrupt` when it is cut off or no tar
 * @throws KwiatError `data-unsafe` for paths that leave it, links, devices, and sizes far beyond its own
 */
export async function openTarTree(path: string): Promise<FileTree> {
  const archive = await archiveFile(path)
  const files: ListedFile[] = []
  for await (const { path: name, bytes } of readEntries(archive, () => true)) {
    files.push({ path: name, bytes })
    checkFileCount(archive.name, files.length)
  }
  return {
    name: archive.name,
    identity: archive.identity,
    files,
    refused: [],
    read: (isWanted, signal) => readEntries(archive, isWanted, signal)
  }
}

async function* readEntries(
  archive: ArchiveFile,
  isWanted: (path: string) => boolean,
  signal?: AbortSignal
): AsyncGenerator<OpenedFile> {
  for await (const entry of unpack(archive)) {
    checkCancelled(signal)
    const path = checkedPath(archive, entry.header)
    const content = contentOf(archive, entry)
    if (entry.header.type !== 'directory' && !isInClutter(path) && isWanted(path)) {
      yield { path, bytes: entry.header.size, chunks: borrowed(content) }
    }
    await drain(content)
  }
}

async function* unpack(archive: ArchiveFile) {
  const entries = extract()
  const chunks = inflateIfGzip({
    path: archive.name,
    bytes: archive.bytes,
    chunks: readChunks(archive.path, archive.bytes)
  })
  // Its failure destroys `entries` and so comes out of the loop below.
  pipeline(chunks, entries).catch(() => undefined)
  try {
    yield* entries
  } catch (error) {
    throw asCorrupt(archive.name, 'a whole tar archive', error)
  }
}

function checkedPath(archive: ArchiveFile, { name, type }: Header): string {
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'directory') {
    throw unsafeArchive(archive.name, 'files and folders only', `the ${type} "${name}"`)
  }
  return safeEntryPath(archive.name, name)
}

async function* contentOf(archive: ArchiveFile, entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of entry) {
      yield asBytes(chunk)
    }
  } catch (error) {
    throw asCorrupt(archive.name, 'a whole tar archive', error)
  }
}

function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) {
    return chunk
  }
  throw new Error(`tar: expected bytes, got ${typeof chunk}`)
}

/** The same chunks, but leaving off in their middle doesn't end them: that would end the whole archive. */
async function* borrowed(chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    yield next.value
  }
}

async function drain(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  while (!(await chunks.next()).done) {
    // Only reading it to its end leads to the next entry.
  }
}
