import { corruptFile } from '../trees/entryPaths'

/**
 * Cuts a stream of bytes into records of `recordBytes` each, after a header of `headerBytes` that is left out. Records
 * that lie in one chunk are not copied.
 *
 * @throws KwiatError `data-corrupt` when the stream ends within a record
 */
export async function* recordsOf(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  recordBytes: number,
  headerBytes = 0
): AsyncGenerator<Uint8Array> {
  let toSkip = headerBytes
  let partial: Uint8Array | null = null
  let filled = 0
  for await (const chunk of chunks) {
    let at = Math.min(toSkip, chunk.length)
    toSkip -= at
    while (at < chunk.length) {
      if (partial === null && at + recordBytes <= chunk.length) {
        yield chunk.subarray(at, at + recordBytes)
        at += recordBytes
        continue
      }
      partial ??= new Uint8Array(recordBytes)
      const piece = chunk.subarray(at, at + recordBytes - filled)
      partial.set(piece, filled)
      filled += piece.length
      at += piece.length
      if (filled === recordBytes) {
        yield partial
        partial = null
        filled = 0
      }
    }
  }
  if (filled > 0) {
    throw corruptFile(name, `records of ${recordBytes} bytes`, `${filled} bytes at its end`)
  }
}
