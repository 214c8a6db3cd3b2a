import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type DecodedPicture, decodePicture, type PictureShape } from '../../../src/main/data/decode/decodePicture'
import type { Picture, RefusalReason } from '../../../src/main/data/decode/picture'
import {
  blue,
  bmpFile,
  green,
  jpegClaiming,
  picture,
  pixelsOf,
  plainPng,
  pngClaiming,
  type Rgb,
  red
} from '../support/pictureFiles'

const colour = (size: number, crop: PictureShape['crop'] = 'centre'): PictureShape => ({ size, channels: 3, crop })
const grey = (size: number): PictureShape => ({ size, channels: 1, crop: 'centre' })
const encoded = (bytes: Uint8Array): Picture => ({ kind: 'encoded', bytes })

async function decoded(bytes: Uint8Array, shape: PictureShape): Promise<DecodedPicture> {
  const result = await decodePicture(encoded(bytes), shape)
  if (!('pixels' in result)) {
    throw new Error(`refused: ${result.reason}`)
  }
  return result
}

async function refusal(bytes: Uint8Array): Promise<RefusalReason> {
  const result = await decodePicture(encoded(bytes), colour(16))
  if ('pixels' in result) {
    throw new Error('decoded')
  }
  return result
}

/** The colour of the pixel at column x, row y of a decoded picture of this size. */
const at = ({ pixels }: DecodedPicture, size: number, x: number, y: number): number[] => [
  ...pixels.subarray(3 * (y * size + x), 3 * (y * size + x) + 3)
]

/** Left third red, middle green, right blue. */
const thirds = (side: number) => picture(3 * side, side, (x) => [red, green, blue][Math.floor(x / side)] ?? red)

describe('decoding a picture', () => {
  it.each([
    ['png', 0],
    ['webp', 0],
    ['tiff', 0],
    ['gif', 0],
    ['jpeg', 3]
  ] as const)('gives the colours of a %s file, within %i levels', async (format, tolerance) => {
    const file = await thirds(16)
      .toFormat(format, { quality: 100, lossless: true, chromaSubsampling: '4:4:4', compression: 'lzw' })
      .toBuffer()
    const result = await decoded(file, colour(16))
    expect(result.original).toEqual({ width: 48, height: 16 })
    expect(result.pixels).toHaveLength(16 * 16 * 3)
    for (const [x, y] of [
      [1, 1],
      [14, 14],
      [8, 3]
    ] as const) {
      at(result, 16, x, y).forEach((value, channel) => {
        expect(Math.abs(value - green[channel]!)).toBeLessThanOrEqual(tolerance)
      })
    }
  })

  it('crops at the centre, pads with black, or stretches', async () => {
    const file = await thirds(16).png().toBuffer()
    const corners = async (crop: PictureShape['crop']) => {
      const result = await decoded(file, colour(16, crop))
      return [at(result, 16, 0, 8), at(result, 16, 8, 8), at(result, 16, 15, 8), at(result, 16, 8, 0)]
    }
    const black = [0, 0, 0]
    // Lanczos reaches over from the neighbours.
    const middle = [0, expect.closeTo(255, -1), expect.closeTo(0, -1)]
    expect(await corners('centre')).toEqual([green, green, green, green])
    expect(await corners('pad')).toEqual([red, middle, blue, black])
    expect(await corners('stretch')).toEqual([red, middle, blue, middle])
  })

  it('keeps the pixels of a picture that has the size already', async () => {
    const pixels = pixelsOf(16, 16, (x, y) => [16 * x, 16 * y, x ^ y])
    const file = await sharp(pixels, { raw: { width: 16, height: 16, channels: 3 } })
      .png()
      .toBuffer()
    expect(Buffer.from((await decoded(file, colour(16))).pixels).equals(pixels)).toBe(true)
  })

  it('takes the first frame of an animation', async () => {
    const frames = Buffer.concat([pixelsOf(16, 16, () => red), pixelsOf(16, 16, () => blue)])
    const file = await sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } })
      .gif()
      .toBuffer()
    expect((await sharp(file).metadata()).pages).toBe(2)
    expect(at(await decoded(file, colour(16)), 16, 8, 8)).toEqual(red)
  })

  it('turns a photograph the right way up (EXIF orientation 6: a quarter turn to the right)', async () => {
    const upperRed = picture(16, 32, (_, y) => (y < 16 ? red : blue))
    const lying = await upperRed.rotate(-90).png().toBuffer()
    const file = await sharp(lying).withMetadata({ orientation: 6 }).png().toBuffer()
    const result = await decoded(file, colour(32, 'stretch'))
    expect(result.original).toEqual({ width: 16, height: 32 })
    expect([at(result, 32, 16, 2), at(result, 32, 16, 29)]).toEqual([red, blue])
  })

  it('makes what is transparent black', async () => {
    const half = Buffer.from([255, 0, 0, 0, 255, 0, 0, 255])
    const file = await sharp(half, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer()
    const result = await decoded(file, colour(2, 'pad'))
    expect([...result.pixels.subarray(0, 3), ...result.pixels.subarray(9, 12)]).toEqual([0, 0, 0, 0, 0, 0])
    const plain = await decoded(
      await sharp(Buffer.from([9, 8, 7, 0]), { raw: { width: 1, height: 1, channels: 4 } })
        .png()
        .toBuffer(),
      colour(1)
    )
    expect([...plain.pixels]).toEqual([0, 0, 0])
  })

  it('makes 16-bit and grey pictures 8-bit colour', async () => {
    const deep = sharp(Uint16Array.of(0x80ff, 0x0000, 0xffff), { raw: { width: 1, height: 1, channels: 3 } })
    const sixteen = await deep.toColourspace('rgb16').png().toBuffer()
    expect((await sharp(sixteen).metadata()).depth).toBe('ushort')
    expect([...(await decoded(sixteen, colour(1))).pixels]).toEqual([128, 0, 255])
    const one = await sharp(Buffer.from([77]), { raw: { width: 1, height: 1, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    expect((await sharp(one).metadata()).channels).toBe(1)
    expect([...(await decoded(one, colour(1))).pixels]).toEqual([77, 77, 77])
  })

  it('makes CMYK pictures colour', async () => {
    const file = await picture(16, 16, () => red)
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer()
    expect((await sharp(file).metadata()).channels).toBe(4)
    const [r, g, b] = at(await decoded(file, colour(16)), 16, 8, 8)
    expect(r).toBeGreaterThan(200)
    expect(Math.max(g!, b!)).toBeLessThan(80)
  })

  it.each([
    ['red', red],
    ['green', green],
    ['blue', blue],
    ['ochre', [200, 120, 40]]
  ] as const)(
    'makes %s the grey of the same luminance (Y = 0.2126 R + 0.7152 G + 0.0722 B, linear)',
    async (_, rgb) => {
      const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      const [r, g, b] = rgb.map((value) => linear(value / 255))
      const luminance = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
      const expected = 255 * (1.055 * luminance ** (1 / 2.4) - 0.055)
      const { pixels } = await decoded(await plainPng(16, rgb), grey(16))
      expect(pixels).toHaveLength(256)
      expect(Math.abs(pixels[100]! - expected)).toBeLessThanOrEqual(2)
    }
  )

  it('scales raw pixels, and keeps those that are in shape without a copy', async () => {
    const pixels = new Uint8Array(16 * 16).fill(9)
    const raw = { kind: 'raw', width: 16, height: 16, channels: 1, pixels } as const
    expect(await decodePicture(raw, grey(16))).toEqual({ pixels, original: { width: 16, height: 16 } })
    expect(await decodePicture(raw, colour(20))).toMatchObject({ pixels: Buffer.alloc(20 * 20 * 3, 9) })
  })
})

describe('BMP files', () => {
  const rows = (width: number, colours: readonly Rgb[]) =>
    colours.map(([r, g, b]) => Array.from({ length: width }, () => [b, g, r]).flat())

  it('of 24 bits, bottom-up with padded rows, and top-down', async () => {
    const upward = bmpFile({ width: 3, height: 3, bitsPerPixel: 24, rows: rows(3, [blue, green, red]) })
    const downward = bmpFile({ width: 3, height: -3, bitsPerPixel: 24, rows: rows(3, [red, green, blue]) })
    for (const file of [upward, downward]) {
      const result = await decoded(file, colour(3))
      expect([at(result, 3, 0, 0), at(result, 3, 2, 1), at(result, 3, 1, 2)]).toEqual([red, green, blue])
      expect(result.original).toEqual({ width: 3, height: 3 })
    }
  })

  it('with a palette', async () => {
    const file = bmpFile({
      width: 2,
      height: 2,
      bitsPerPixel: 8,
      palette: [blue, red],
      rows: [
        [0, 1],
        [1, 0]
      ]
    })
    expect([...(await decoded(file, colour(2))).pixels]).toEqual([...red, ...blue, ...blue, ...red])
  })

  it('of 32 bits without alpha are opaque, also with bytes after the pixels', async () => {
    const twice = (...pixel: number[]) => [...pixel, ...pixel]
    const file = bmpFile({ width: 2, height: 2, bitsPerPixel: 32, rows: [twice(30, 20, 10, 0), twice(60, 50, 40, 0)] })
    for (const ending of [0, 2]) {
      const { pixels } = await decoded(Buffer.concat([file, Buffer.alloc(ending)]), colour(2))
      expect([...pixels]).toEqual([...twice(40, 50, 60), ...twice(10, 20, 30)])
    }
  })

  it('of 16 bits (5 a channel)', async () => {
    const row = [0x7c00, 0x001f].flatMap((word) => [word & 0xff, word >> 8])
    const { pixels } = await decoded(bmpFile({ width: 2, height: 2, bitsPerPixel: 16, rows: [row, row] }), colour(2))
    // 31 of 31 becomes 248 of 255.
    expect([...pixels.subarray(0, 6)]).toEqual([248, 0, 0, 0, 0, 248])
  })

  it('that are broken are refused', async () => {
    const whole = bmpFile({ width: 3, height: 3, bitsPerPixel: 24, rows: rows(3, [blue, green, red]) })
    for (const broken of [
      whole.subarray(0, 70),
      whole.subarray(0, 20),
      bmpFile({ width: 3, height: 3, bitsPerPixel: 24, compression: 99, rows: [] })
    ]) {
      expect((await refusal(broken)).code).toBe('picture-unreadable')
    }
  })
})

describe('a picture that is refused', () => {
  it.each([
    ['PNG', async () => pngClaiming(30_000, 30_000)],
    ['JPEG', () => jpegClaiming(30_000, 30_000)],
    ['BMP', async () => bmpFile({ width: 30_000, height: -30_000, bitsPerPixel: 24, rows: [] })]
  ])('for 30,000 × 30,000 pixels, by the header of a %s, without memory for them', async (_, file) => {
    const before = process.memoryUsage.rss()
    expect(await refusal(await file())).toEqual({
      code: 'picture-too-large',
      reason: '30000 × 30000 pixels, more than the 134 million that Kwiat decodes'
    })
    // The pixels would take 2.7 GB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(300e6)
  })

  it('for being cut off', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const) {
      const noise = picture(64, 64, (x, y) => [(x * 37) % 256, (y * 91) % 256, (x * y) % 256])
      const file = await noise.toFormat(format).toBuffer()
      const { code, reason } = await refusal(file.subarray(0, file.length / 2))
      expect([format, code]).toEqual([format, 'picture-unreadable'])
      expect(reason).toMatch(/^\S[^\n]*\S$/)
    }
  })

  it('for being no picture, or one of a kind that Kwiat leaves alone', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16"/></svg>'
    for (const text of ['', 'not a picture', svg]) {
      expect(await refusal(Buffer.from(text))).toEqual({
        code: 'picture-unreadable',
        reason: 'not one of JPEG, PNG, WebP, GIF, TIFF, BMP by its content'
      })
    }
  })
})
