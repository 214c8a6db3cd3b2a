const polynomial = 0xedb88320

/** The remainder of each byte. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? polynomial ^ (remainder >>> 1) : remainder >>> 1
  }
  return remainder
})

/**
 * The CRC-32 of zip archives (ISO 3309, reflected). Node's own came after the oldest Node that Kwiat runs on.
 *
 * @param previous the sum of the bytes before these
 */
export function crc32(bytes: Uint8Array, previous = 0): number {
  let sum = ~previous
  for (const byte of bytes) {
    sum = table[(sum ^ byte) & 0xff]! ^ (sum >>> 8)
  }
  return ~sum >>> 0
}
