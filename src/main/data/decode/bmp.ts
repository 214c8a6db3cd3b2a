import { decode } from 'bmpimagejs'
import type { PictureSize, RawPicture } from './picture'

/** Bytes of the oldest header, BITMAPCOREHEADER, which has 16-bit sizes. */
const coreHeaderBytes = 12

/** The size that a BMP file's header claims. @throws RangeError when the file ends before it */
export function bmpSize(bytes: Uint8Array): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isCore = view.getUint32(14, true) === coreHeaderBytes
  const width = isCore ? view.getInt16(18, true) : view.getInt32(18, true)
  const height = isCore ? view.getInt16(20, true) : view.getInt32(22, true)
  // A negative height says that the rows go from top to bottom.
  return { width: Math.abs(width), height: Math.abs(height) }
}

/** Decodes a BMP file of 1 to 32 bits a pixel to RGBA. @throws Error when it is broken or of an unknown kind */
export function decodeBmp(bytes: Uint8Array): RawPicture {
  const { width, height, pixels } = decode(bytes.slice().buffer)
  return { kind: 'raw', width, height, channels: 4, pixels: new Uint8Array(pixels.buffer) }
}
