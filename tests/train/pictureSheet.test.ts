import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { encodePicture, encodeSheet } from '../../src/main/train/pictureSheet'
import type { PictureBatch } from '../../src/main/train/sampler'

/** Pictures of one grey each: 10, 20, 30 … */
const plainBatch = (count: number, size: number, channels: 1 | 3): PictureBatch => ({
  pixels: Uint8Array.from(
    { length: count * size * size * channels },
    (_, i) => 10 * (1 + Math.floor(i / (size * size * channels)))
  ),
  count,
  size,
  channels
})

async function decode(png: Buffer) {
  const { space } = await sharp(png).metadata()
  const { data, info } = await sharp(png).toColourspace(space).raw().toBuffer({ resolveWithObject: true })
  const pixelAt = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * info.channels).subarray(0, info.channels)
  ]
  return { ...info, data, pixelAt }
}

describe('a sheet', () => {
  it('has the pictures row by row with two pixels between them', async () => {
    const { width, height, pixelAt } = await decode(await encodeSheet(plainBatch(3, 4, 3), 1))
    // 2 columns and 2 rows of 4 + 2 pixels and a border of 2
    expect([width, height]).toEqual([14, 14])
    expect([pixelAt(2, 2), pixelAt(5, 5)]).toEqual([
      [10, 10, 10],
      [10, 10, 10]
    ])
    expect([pixelAt(8, 2), pixelAt(2, 8)]).toEqual([
      [20, 20, 20],
      [30, 30, 30]
    ])
    const background = [24, 24, 24]
    expect([pixelAt(0, 0), pixelAt(6, 2), pixelAt(7, 7), pixelAt(8, 8)]).toEqual(Array(4).fill(background))
  })

  it('enlarges small pictures by whole factors, and large ones not at all', async () => {
    const sidesOf = async (size: number) => (await decode(await encodeSheet(plainBatch(1, size, 1)))).width
    expect(await Promise.all([16, 32, 64, 128].map(sidesOf))).toEqual([64 + 4, 64 + 4, 64 + 4, 128 + 4])
  })

  it('enlarges each pixel to a square', async () => {
    const pixels = Uint8Array.of(1, 2, 3, 4)
    const { pixelAt } = await decode(await encodeSheet({ pixels, count: 1, size: 2, channels: 1 }, 3))
    const corners = [pixelAt(2, 2), pixelAt(4, 4), pixelAt(5, 2), pixelAt(2, 5), pixelAt(7, 7)]
    expect(corners).toEqual([[1], [1], [2], [3], [4]])
  })
})

it.each([1, 3] as const)('one picture of %i channels is encoded as it is', async (channels) => {
  const pixels = Uint8Array.from({ length: 2 * 4 * channels }, (_, i) => i)
  const { width, height, data } = await decode(await encodePicture({ pixels, count: 2, size: 2, channels }, 1))
  expect({ width, height, data: [...data] }).toEqual({ width: 2, height: 2, data: [...pixels.subarray(4 * channels)] })
})
