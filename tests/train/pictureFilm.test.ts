import sharp from 'sharp'
import { expect, it } from 'vitest'
import { encodeGif, frameDelays } from '../../src/main/train/pictureFilm'

it.each([1, 3] as const)(
  'a GIF has every frame in its place, equal ones too, and repeats (%i channels)',
  async (channels) => {
    const greys = [10, 200, 200, 90]
    const pixels = Uint8Array.from({ length: 4 * 4 * channels }, (_, i) => greys[Math.floor(i / (4 * channels))]!)
    const gif = await encodeGif({ pixels, count: 4, size: 2, channels }, { framesPerSecond: 30, scale: 3 })
    const { pages, pageHeight, width, loop, delay } = await sharp(gif, { animated: true }).metadata()
    expect({ pages, pageHeight, width, loop, delay }).toEqual({
      pages: 4,
      pageHeight: 6,
      width: 6,
      loop: 0,
      delay: [30, 40, 30, 30]
    })
    const shown = await sharp(gif, { animated: true }).removeAlpha().toColourspace('srgb').raw().toBuffer()
    const first = greys.map((_, frame) => shown[frame * 6 * 6 * 3]!)
    expect(first.map((value, i) => Math.abs(value - greys[i]!) <= 4)).toEqual([true, true, true, true])
  }
)

it('the delays of frames add up to the film’s length', () => {
  const delays = frameDelays(90, 30)
  expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(3000)
  expect(new Set(delays)).toEqual(new Set([30, 40]))
  expect(frameDelays(3, 50)).toEqual([20, 20, 20])
})
