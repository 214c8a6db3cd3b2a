import { Cancelled } from '../../shared/errors'

/** Draws in the film's own pixels; the context enlarges them, without smoothing. */
export type FilmContext = OffscreenCanvasRenderingContext2D

/** What a film is made of. */
export interface FilmFrames {
  readonly count: number
  /** Pixels of a frame before it is enlarged. */
  readonly width: number
  readonly height: number
  /** Draws frame `index`, from 0, on a black ground. */
  readonly draw: (context: FilmContext, index: number) => Promise<void> | void
}

export interface FilmOptions {
  readonly framesPerSecond: number
  /** Side of the square that each pixel becomes, a whole number from 1. */
  readonly enlargement: number
  /** Aborting it ends the export, which then rejects with `Cancelled`. */
  readonly signal?: AbortSignal | undefined
  /** Told after each frame. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** Beyond this, players stutter and files grow for nothing. */
const maxSide = 1920

const evenUp = (size: number): number => size + (size % 2)

/** Size of the film's picture: enlarged, and even, since codecs keep the colours of 2 × 2 pixels together. */
export const pictureSize = ({ width, height }: FilmFrames, enlargement: number) => ({
  width: evenUp(width * enlargement),
  height: evenUp(height * enlargement)
})

/** The largest of 1, 2, 3, 4, 6, 8 that keeps both sides within `side` pixels; 1 where none does. */
export function fittingEnlargement({ width, height }: FilmFrames, side = maxSide): number {
  const longest = Math.max(width, height)
  return [8, 6, 4, 3, 2].find((factor) => longest * factor <= side) ?? 1
}

/** The canvas that all frames are drawn on, one after the other. */
export function createStage(frames: FilmFrames, enlargement: number): FilmContext {
  const { width, height } = pictureSize(frames, enlargement)
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false })
  if (context === null) {
    throw new Error('film: expected a canvas to draw on, got none')
  }
  context.setTransform(enlargement, 0, 0, enlargement, 0, 0)
  context.imageSmoothingEnabled = false
  return context
}

/**
 * Draws the frames in their order and hands each to `take`.
 *
 * @throws Cancelled
 */
export async function playFrames(
  frames: FilmFrames,
  context: FilmContext,
  { signal, onProgress }: FilmOptions,
  take: (index: number) => Promise<void>
): Promise<void> {
  for (let index = 0; index < frames.count; index++) {
    if (signal?.aborted) {
      throw new Cancelled()
    }
    context.fillStyle = 'black'
    context.fillRect(0, 0, frames.width + 1, frames.height + 1)
    await frames.draw(context, index)
    await take(index)
    onProgress?.(index + 1, frames.count)
  }
}

/**
 * How long frame `index` is shown, in hundredths of a second, the unit of GIF: rounded so that the whole film keeps its
 * pace, and at least 2, below which players take a frame for a tenth of a second.
 */
export function gifDelay(index: number, framesPerSecond: number): number {
  const startOf = (frame: number): number => Math.round((100 * frame) / framesPerSecond)
  return Math.max(2, startOf(index + 1) - startOf(index))
}
