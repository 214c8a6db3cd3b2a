const blockBytes = 1 << 20

/** The same bytes in pieces of about 1 MiB: small writes cost more than their bytes. */
export async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let block: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    block.push(piece)
    bytes += piece.byteLength
    if (bytes >= blockBytes) {
      yield Buffer.concat(block, bytes)
      block = []
      bytes = 0
    }
  }
  if (bytes > 0) {
    yield Buffer.concat(block, bytes)
  }
}
