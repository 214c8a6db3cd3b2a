import sharp from 'sharp'
import type { PictureBatch } from './sampler'

/** Pixels between pictures. */
const gap = 2
/** Pictures are enlarged by whole factors to about this side, so that small ones can be seen. */
const comfortableSide = 64
const background = 24

/** Columns of the sheet: as square as whole rows allow. */
const columnsOf = (count: number): number => Math.ceil(Math.sqrt(count))

export const scaleOf = (size: number): number => Math.max(1, Math.round(comfortableSide / size))

/** Copies picture `index` to its place in `sheet`, each pixel `scale` times in both directions. */
export function place(
  sheet: Uint8Array,
  sheetWidth: number,
  { pixels, size, channels }: PictureBatch,
  index: number,
  left: number,
  top: number,
  scale: number
): void {
  for (let y = 0; y < size * scale; y++) {
    for (let x = 0; x < size * scale; x++) {
      const from = ((index * size + Math.floor(y / scale)) * size + Math.floor(x / scale)) * channels
      const to = ((top + y) * sheetWidth + left + x) * channels
      sheet.set(pixels.subarray(from, from + channels), to)
    }
  }
}

/** All pictures in one PNG, row by row, enlarged without smoothing. */
export async function encodeSheet(batch: PictureBatch, scale = scaleOf(batch.size)): Promise<Buffer> {
  const columns = columnsOf(batch.count)
  const side = batch.size * scale + gap
  const width = columns * side + gap
  const height = Math.ceil(batch.count / columns) * side + gap
  const sheet = new Uint8Array(width * height * batch.channels).fill(background)
  for (let index = 0; index < batch.count; index++) {
    const [left, top] = [gap + (index % columns) * side, gap + Math.floor(index / columns) * side]
    place(sheet, width, batch, index, left, top, scale)
  }
  return encodePng(sheet, width, height, batch.channels)
}

/** One picture of the batch as a PNG in its own size. */
export function encodePicture({ pixels, size, channels }: PictureBatch, index: number): Promise<Buffer> {
  const bytes = size * size * channels
  return encodePng(pixels.subarray(index * bytes, (index + 1) * bytes), size, size, channels)
}

function encodePng(pixels: Uint8Array, width: number, height: number, channels: number): Promise<Buffer> {
  const isGrey = channels === 1
  return sharp(pixels, { raw: { width, height, channels: isGrey ? 1 : 3 } })
    .toColourspace(isGrey ? 'b-w' : 'srgb')
    .png()
    .toBuffer()
}
