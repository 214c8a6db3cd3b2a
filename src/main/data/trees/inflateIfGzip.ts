import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { maxUnpackedBytes } from '../limits'
import { asCorrupt, unsafeArchive } from './entryPaths'
import type { OpenedFile } from './fileTree'

/**
 * The content of a file, unpacked when it is gzip (RFC 1952: it begins with 1f 8b).
 *
 * @throws KwiatError `data-corrupt` when it is cut off or broken
 * @throws KwiatError `data-unsafe` when it unpacks to far more than such a file holds
 */
export async function* inflateIfGzip(file: OpenedFile): AsyncGenerator<Uint8Array> {
  const chunks = file.chunks[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) {
    return
  }
  const all = chained(first.value, chunks)
  yield* first.value[0] === 0x1f && first.value[1] === 0x8b ? inflate(file, all) : all
}

async function* chained(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      yield next.value
    }
  } finally {
    await rest.return?.()
  }
}

async function* inflate({ path, bytes }: OpenedFile, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // Its failure destroys `gunzip` and so comes out of the loop below.
  pipeline(chunks, gunzip).catch(() => undefined)
  let unpacked = 0
  try {
    for await (const chunk of gunzip) {
      unpacked += chunk.byteLength
      if (unpacked > maxUnpackedBytes(bytes)) {
        throw unsafeArchive(path, 'a file that unpacks to a sensible size', `more than ${unpacked} bytes from ${bytes}`)
      }
      yield chunk
    }
  } catch (error) {
    throw asCorrupt(path, 'whole gzip data', error)
  }
}
