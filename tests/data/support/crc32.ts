/** CRC-32 as in zip and PNG (polynomial edb88320, reflected), bit by bit. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) {
      sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1
    }
  }
  return (sum ^ 0xffffffff) >>> 0
}
