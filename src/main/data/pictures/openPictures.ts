import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KwiatError } from '../../../shared/errors'
import { entryFiles, findEntry, pixelBytesOf } from '../import/cacheEntry'
import type { Manifest } from '../import/manifest'

/** The pictures of an import, read in place. */
export interface PictureStore {
  readonly manifest: Manifest
  /** Position in the manifest's classes of each picture's class. */
  readonly labels: Int32Array
  /**
   * Copies pictures into `out` [indices.length, size, size, channels]. All reading is handed to the system before it
   * returns, and goes on while this thread is busy.
   *
   * @throws KwiatError `data-corrupt` when the file can't be read any more
   */
  read(indices: Uint32Array, out: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Sets up to this size are held in memory. */
const defaultResidentBytes = 2 ** 30
const chunkBytes = 1 << 24

/**
 * Opens an import: in memory when it is small enough, on the disk otherwise.
 *
 * @param folder the import's folder in the cache
 * @throws KwiatError `data-corrupt` when something in the folder was lost or changed
 */
export async function openPictures(folder: string, residentBytes = defaultResidentBytes): Promise<PictureStore> {
  const entry = await findEntry(folder)
  if (entry === null) {
    throw changed(folder, 'a whole import', 'a folder without some of its files')
  }
  const { manifest } = entry
  const labels = await readLabels(folder, manifest)
  const handle = await open(join(folder, entryFiles.pixels))
  if (pixelBytesOf(manifest) > residentBytes) {
    return streamedStore(folder, manifest, labels, handle)
  }
  try {
    return residentStore(manifest, labels, await readPixels(folder, manifest, handle))
  } finally {
    await handle.close()
  }
}

async function readLabels(folder: string, { labelsSha256 }: Manifest): Promise<Int32Array> {
  const bytes = await readFile(join(folder, entryFiles.labels))
  checkDigest(join(folder, entryFiles.labels), labelsSha256, createHash('sha256').update(bytes).digest('hex'))
  // A copy, since the buffer that a file is read into may not lie where 32-bit numbers may.
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

async function readPixels(folder: string, manifest: Manifest, handle: FileHandle): Promise<Uint8Array> {
  const pixels = new Uint8Array(pixelBytesOf(manifest))
  const hash = createHash('sha256')
  for (let start = 0; start < pixels.length; start += chunkBytes) {
    const chunk = pixels.subarray(start, start + chunkBytes)
    await readFully(folder, handle, chunk, start)
    hash.update(chunk)
  }
  checkDigest(join(folder, entryFiles.pixels), manifest.fingerprint, hash.digest('hex'))
  return pixels
}

function residentStore(manifest: Manifest, labels: Int32Array, pixels: Uint8Array): PictureStore {
  const bytes = pictureBytesOf(manifest)
  return {
    manifest,
    labels,
    read: async (indices, out) => {
      indices.forEach((index, i) => {
        out.set(pixels.subarray(index * bytes, (index + 1) * bytes), i * bytes)
      })
    },
    close: async () => undefined
  }
}

function streamedStore(folder: string, manifest: Manifest, labels: Int32Array, handle: FileHandle): PictureStore {
  const bytes = pictureBytesOf(manifest)
  return {
    manifest,
    labels,
    read: async (indices, out) => {
      // Started all at once: Node's pool works them off without this thread, which may be in the middle of a step.
      await Promise.all(
        Array.from(indices, (index, i) =>
          readFully(folder, handle, out.subarray(i * bytes, (i + 1) * bytes), index * bytes)
        )
      )
    },
    close: () => handle.close()
  }
}

async function readFully(folder: string, handle: FileHandle, out: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < out.length) {
    const { bytesRead } = await handle.read(out, done, out.length - done, position + done)
    if (bytesRead === 0) {
      throw changed(folder, 'all its pictures', 'a shorter file than before')
    }
    done += bytesRead
  }
}

const pictureBytesOf = ({ options: { size, channels } }: Manifest): number => size * size * channels

function checkDigest(path: string, expected: string, actual: string): void {
  if (actual !== expected) {
    throw changed(path, 'the content that was imported', 'other content')
  }
}

const changed = (who: string, expected: string, actual: string): KwiatError =>
  new KwiatError('data-corrupt', { who, expected, actual, todo: 'remove the import’s folder and import again' })
