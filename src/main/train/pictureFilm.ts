import sharp from 'sharp'
import { place, scaleOf } from './pictureSheet'
import type { PictureBatch } from './sampler'

export interface FilmOptions {
  readonly framesPerSecond: number
  /** Whole factor by which pictures are enlarged, without smoothing; chosen by their size when left out. */
  readonly scale?: number | undefined
}

/** GIF counts time in hundredths of a second. */
const ticksPerSecond = 100

/**
 * How long each frame is shown, in ms: rounded so that the error never adds up, and the film has its right length.
 */
export function frameDelays(count: number, framesPerSecond: number): number[] {
  const startOf = (frame: number) => Math.round((frame * ticksPerSecond) / framesPerSecond)
  return Array.from({ length: count }, (_, i) => ((startOf(i + 1) - startOf(i)) * 1000) / ticksPerSecond)
}

/** The pictures as the frames of a GIF that repeats for ever. */
export async function encodeGif(batch: PictureBatch, { framesPerSecond, scale }: FilmOptions): Promise<Buffer> {
  const { count, size, channels } = batch
  const factor = scale ?? scaleOf(size)
  const side = size * factor
  const frames = new Uint8Array(count * side * side * channels)
  for (let index = 0; index < count; index++) {
    place(frames, side, batch, index, 0, index * side, factor)
  }
  return sharp(frames, { raw: { width: side, height: side * count, channels, pageHeight: side } })
    .gif({ loop: 0, delay: frameDelays(count, framesPerSecond), keepDuplicateFrames: true })
    .toBuffer()
}
