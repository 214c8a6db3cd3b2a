import { open } from 'node:fs/promises'
import { KwiatError } from '../../../shared/errors'
import { asCorrupt } from './entryPaths'

const chunkBytes = 1 << 20

/**
 * The content of a file on the disk, in fresh buffers.
 *
 * @param bytes its size as far as known, so that a small file takes a small buffer
 * @throws KwiatError `data-corrupt` when the system can't read it
 */
export async function* readChunks(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  try {
    const handle = await open(path)
    try {
      for (;;) {
        // One byte more than there should be: the end is then seen without another buffer of full size.
        const buffer = new Uint8Array(Math.min(chunkBytes, bytes + 1))
        const { bytesRead } = await handle.read(buffer, 0, buffer.length)
        if (bytesRead === 0) {
          return
        }
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw asCorrupt(path, 'a readable file', error)
  }
}

/**
 * All of a file's content.
 *
 * @throws KwiatError `data-too-large` when it is longer than `maxBytes`
 */
export async function readWhole(name: string, chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) {
      throw new KwiatError('data-too-large', {
        who: name,
        expected: `at most ${maxBytes} bytes`,
        actual: 'more',
        todo: 'leave this file out'
      })
    }
    parts.push(chunk)
  }
  return Buffer.concat(parts, bytes)
}
