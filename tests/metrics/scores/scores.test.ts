import { describe, expect, it } from 'vitest'
import { laplacianPyramid } from '../../../src/main/metrics/scores/laplacianPyramid'
import { msSsim, weightsFor } from '../../../src/main/metrics/scores/msSsim'
import { type Pictures, planesOf } from '../../../src/main/metrics/scores/planes'
import { comparedCount, measureReal, scorePictures } from '../../../src/main/metrics/scores/qualityScores'
import { slicedWasserstein } from '../../../src/main/metrics/scores/slicedWasserstein'
import { Random } from '../../../src/shared/random/random'
import { picture, plainDistances, plainMsSsim, plainPyramid } from './plain'

/** Pictures with structure at every scale: sums of waves of random direction, and a little noise. */
function wavyPictures(count: number, size: number, channels: number, seed: number, contrast = 60): Pictures {
  const pixels = new Uint8Array(count * size * size * channels)
  for (let index = 0; index < count; index++) {
    const random = new Random(seed, 'flowers', index)
    const waves = Array.from({ length: 4 * channels }, () => [...random.uniforms(3, -1, 1)] as const)
    const noise = random.uniforms(size * size * channels, -10, 10)
    for (let i = 0; i < size * size * channels; i++) {
      const [channel, x, y] = [i % channels, Math.floor(i / channels) % size, Math.floor(i / channels / size)]
      const wave = waves
        .filter((_, number) => number % channels === channel)
        .reduce((sum, [a, b, phase]) => sum + Math.sin(a! * x + b! * y + 6 * phase!), 0)
      pixels[index * size * size * channels + i] = Math.min(255, Math.max(0, 128 + (contrast * wave) / 2 + noise[i]!))
    }
  }
  return { pixels, count, size, channels }
}

const both = (a: Pictures, b: Pictures): Pictures => ({
  ...a,
  count: a.count + b.count,
  pixels: Uint8Array.from([...a.pixels, ...b.pixels])
})

/** So many patches of each picture are cut when few pictures are compared. */
const patchesOfFew = 128

describe('the Laplacian pyramid', () => {
  it.each([32, 36, 64])('of %i pixels is that of a plain second implementation', (size) => {
    const pictures = wavyPictures(2, size, 3, 1)
    const levels = laplacianPyramid(planesOf(pictures))
    const plain = [0, 1].flatMap((index) => picture(pictures, index).map((plane) => plainPyramid(plane)))
    expect(levels.map(({ side }) => side)).toEqual(plain[0]!.map((level) => level.length))
    levels.forEach(({ data }, level) => {
      const expected = plain.flatMap((planes) => planes[level]!.flat())
      expect(data).toHaveLength(expected.length)
      expect(Math.max(...expected.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThan(1e-3)
    })
  })

  it('ends at 16 pixels, and smaller pictures are their only level', () => {
    const sides = (size: number) => laplacianPyramid(planesOf(wavyPictures(1, size, 1, 1))).map(({ side }) => side)
    expect([16, 31, 32, 128].map(sides)).toEqual([[16], [31, 16], [32, 16], [128, 64, 32, 16]])
  })

  it('of a plain picture has no detail', () => {
    const flat: Pictures = { pixels: new Uint8Array(32 * 32).fill(77), count: 1, size: 32, channels: 1 }
    const [detail, rest] = laplacianPyramid(planesOf(flat))
    expect(Math.max(...detail!.data.map(Math.abs))).toBeLessThan(1e-4)
    expect(rest!.data.every((value) => Math.abs(value - 77) < 1e-4)).toBe(true)
  })
})

describe('the sliced Wasserstein distance', () => {
  it('along two directions is the mean difference of equal ranks, · 10³', () => {
    const a = [Float32Array.of(0, 1), Float32Array.of(5, 5)]
    const b = [Float32Array.of(2, 5), Float32Array.of(5, 6)]
    expect(slicedWasserstein(a, b)).toBe(1000 * (((2 + 4) / 2 + (0 + 1) / 2) / 2))
  })

  it.each([
    { size: 32, channels: 3 },
    { size: 16, channels: 1 }
  ])(
    'of pictures of $size pixels and $channels colours is that of a plain second implementation',
    ({ size, channels }) => {
      const [real, floor] = [wavyPictures(2, size, channels, 1), wavyPictures(2, size, channels, 2)]
      const fake = wavyPictures(2, size, channels, 3, 90)
      const reference = measureReal(both(real, floor), 7)
      const scores = scorePictures(fake, reference, 7)
      const expected = plainDistances(fake, real, 7, patchesOfFew, 128)
      expect(scores['score/swd']).toBeCloseTo(expected.reduce((a, b) => a + b) / expected.length, 2)
      const expectedFloor = plainDistances(real, floor, 7, patchesOfFew, 128)
      expect(scores['score/swd-real']).toBeCloseTo(expectedFloor.reduce((a, b) => a + b) / expectedFloor.length, 2)
    }
  )

  it('is 0 between equal sets, and larger between kinds than within one', () => {
    const [real, others] = [wavyPictures(32, 32, 3, 1), wavyPictures(32, 32, 3, 2)]
    const noise: Pictures = {
      ...real,
      pixels: Uint8Array.from(new Random(1, 'generate').uniforms(real.pixels.length, 0, 256))
    }
    const reference = measureReal(both(real, others), 5)
    expect(scorePictures(real, reference, 5)['score/swd']).toBe(0)
    const floor = reference.scores['score/swd-real']!
    expect(floor).toBeGreaterThan(0)
    expect(scorePictures(noise, reference, 5)['score/swd']).toBeGreaterThan(1.3 * floor)
  })
})

describe('MS-SSIM', () => {
  it.each([
    { size: 16, levels: 1 },
    { size: 32, levels: 2 },
    { size: 48, levels: 3 },
    { size: 256, levels: 5 }
  ])('of $size pixels has $levels levels, whose weights sum to 1', ({ size, levels }) => {
    const weights = weightsFor(size)
    expect(weights).toHaveLength(levels)
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  })

  it.each([
    { size: 16, channels: 3 },
    { size: 33, channels: 1 },
    { size: 48, channels: 3 }
  ])(
    'of pictures of $size pixels and $channels colours is that of a plain second implementation',
    ({ size, channels }) => {
      const pictures = wavyPictures(2, size, channels, 4)
      const similar: Pictures = {
        ...pictures,
        pixels: Uint8Array.from(pictures.pixels, (value, i) =>
          i < pictures.pixels.length / 2 ? value : (value + pictures.pixels[i - pictures.pixels.length / 2]!) / 2
        )
      }
      const flat = (planes: ReturnType<typeof picture>) => planes.map((plane) => Float64Array.from(plane.flat()))
      const values = [pictures, similar].map((pair) => {
        const [a, b] = [picture(pair, 0), picture(pair, 1)]
        const value = msSsim(flat(a), flat(b), size)
        expect(value).toBeCloseTo(plainMsSsim(a, b), 9)
        return value
      })
      expect(values[1]).toBeGreaterThan(values[0]!)
    }
  )

  it('of two plain pictures is the luminance of the last level alone', () => {
    const plane = (value: number) => [new Float64Array(32 * 32).fill(value)]
    const luminance = (2 * 100 * 150 + 6.5025) / (100 ** 2 + 150 ** 2 + 6.5025)
    expect(msSsim(plane(100), plane(150), 32)).toBeCloseTo(luminance ** (0.2856 / (0.0448 + 0.2856)), 6)
  })

  it('of a set of equal pictures is 1, and that of different ones is what the pairs have in the mean', () => {
    const real = wavyPictures(8, 32, 3, 1)
    const reference = measureReal(real, 1)
    const one = wavyPictures(1, 32, 3, 9)
    const same: Pictures = {
      ...one,
      count: 4,
      pixels: Uint8Array.from([...one.pixels, ...one.pixels, ...one.pixels, ...one.pixels])
    }
    expect(scorePictures(same, reference, 1)['score/msssim']).toBeCloseTo(1, 12)
    const pairs = [0, 2, 4, 6].map((index) => plainMsSsim(picture(real, index), picture(real, index + 1)))
    expect(reference.scores['score/msssim-real']).toBeCloseTo(pairs.reduce((a, b) => a + b) / 4, 9)
  })
})

describe('scores', () => {
  it('are decided by the seed and the pictures', () => {
    const [real, fake] = [wavyPictures(8, 32, 3, 1), wavyPictures(4, 32, 3, 2)]
    const scores = (seed: number) => scorePictures(fake, measureReal(real, seed), seed)
    expect(scores(3)).toEqual(scores(3))
    expect(scores(4)['score/swd']).not.toBe(scores(3)['score/swd'])
  })

  it('compare half of the real pictures at most, 256 at most, and nothing where there are too few', () => {
    expect([3, 4, 11, 800, 60_000].map(comparedCount)).toEqual([0, 2, 5, 256, 256])
  })
})
