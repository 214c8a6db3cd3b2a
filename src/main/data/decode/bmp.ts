import { decode } from 'bmpimagejs'
import type { PictureSize, RawPicture } from './picture'

/** Bytes of the oldest header, BITMAPCOREHEADER, which has 16-bit sizes. */
const coreHeaderBytes = 12

/** The size that a BMP file's header claims. @throws RangeError when the file ends before it */
export function bmpSize(bytes: Uint8Array): PictureSize {
  const view = viewOf(bytes)
  const isCore = view.getUint32(14, true) === coreHeaderBytes
  const width = isCore ? view.getInt16(18, true) : view.getInt32(18, true)
  const height = isCore ? view.getInt16(20, true) : view.getInt32(22, true)
  // A negative height says that the rows go from top to bottom.
  return { width: Math.abs(width), height: Math.abs(height) }
}

/** Decodes a BMP file of 1 to 32 bits a pixel to RGBA. @throws Error when it is broken or of an unknown kind */
export function decodeBmp(bytes: Uint8Array): RawPicture {
  const { width, height, pixels } = decode(withExpectedEnd(bytes).buffer)
  return { kind: 'raw', width, height, channels: 4, pixels: new Uint8Array(pixels.buffer) }
}

/**
 * A copy that ends where the decoder takes it to end: right after the pixels when they have 32 bits, since it counts
 * their rows from there, and not before another byte when they have 16.
 */
function withExpectedEnd(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = viewOf(bytes)
  const bitsPerPixel = view.getUint32(14, true) === coreHeaderBytes ? 0 : view.getUint16(28, true)
  const { width, height } = bmpSize(bytes)
  const ends = { 32: Math.min(bytes.length, view.getUint32(10, true) + 4 * width * height), 16: bytes.length + 1 }
  const copy = new Uint8Array(bitsPerPixel === 32 || bitsPerPixel === 16 ? ends[bitsPerPixel] : bytes.length)
  copy.set(bytes.subarray(0, copy.length))
  return copy
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
