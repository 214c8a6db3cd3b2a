import { applyPalette, GIFEncoder, quantize } from 'gifenc'
import { createStage, type FilmFrames, type FilmOptions, gifDelay, playFrames } from './film'

const maxColours = 256

/** Encoding holds the page's thread: between two frames it may do other things. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/**
 * The film as a GIF that repeats for ever; each frame has a palette of its own.
 *
 * @throws Cancelled
 */
export async function encodeGif(frames: FilmFrames, options: FilmOptions): Promise<Blob> {
  const context = createStage(frames, options.enlargement)
  const { width, height } = context.canvas
  const gif = GIFEncoder()
  await playFrames(frames, context, options, async (index) => {
    const { data } = context.getImageData(0, 0, width, height)
    const palette = quantize(data, maxColours)
    gif.writeFrame(applyPalette(data, palette), width, height, {
      palette,
      delay: 10 * gifDelay(index, options.framesPerSecond)
    })
    await breathe()
  })
  gif.finish()
  return new Blob([gif.bytes()], { type: 'image/gif' })
}
