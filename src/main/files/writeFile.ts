import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { type Disk, nodeDisk, type WritableFile } from './disk'
import { unfinishedPath } from './temporaryNames'

/** What identifies a file's content. */
export interface FileDigest {
  readonly bytes: number
  /** SHA-256 as 64 hexadecimal digits. */
  readonly sha256: string
}

/** So much is hashed and written at once; the event loop is free in between. */
const chunkBytes = 1 << 20

/** A file's content, piece by piece; it may be made while it is written. */
export type FileParts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Creates a file from `parts`, one after the other, without copying them, and returns when all of it is on the disk
 * itself. The folder's entry is not: sync the folder.
 */
export async function writeFile(path: string, parts: FileParts, disk: Disk): Promise<FileDigest> {
  const file = await disk.createFile(path)
  try {
    const digest = await writeParts(file, parts)
    await file.sync()
    return digest
  } finally {
    await file.close()
  }
}

async function writeParts(file: WritableFile, parts: FileParts): Promise<FileDigest> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of chunksOf(parts)) {
    const written = file.write(chunk, bytes)
    // Hashed while the disk writes.
    hash.update(chunk)
    await written
    bytes += chunk.byteLength
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function* chunksOf(parts: FileParts): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    for (let start = 0; start < part.byteLength; start += chunkBytes) {
      yield part.subarray(start, start + chunkBytes)
    }
  }
}

/** Puts a file at `path`, in the place of the one that may be there: a reader sees all of the old one or all of the new. */
export async function replaceFile(path: string, content: Uint8Array | string, disk: Disk = nodeDisk): Promise<void> {
  const unfinished = unfinishedPath(path)
  try {
    await writeFile(unfinished, [typeof content === 'string' ? Buffer.from(content) : content], disk)
    await disk.rename(unfinished, path)
  } catch (error) {
    await removeQuietly(unfinished, disk)
    throw error
  }
  await disk.syncFolder(dirname(path))
}

/** Removes what is left of a write that failed. Its own failure isn't thrown, since the first error is the one to report. */
export async function removeQuietly(path: string, disk: Disk): Promise<void> {
  await disk.remove(path).catch(() => undefined)
}
