import { describe, expect, it } from 'vitest'
import { pyramidFeatureCount, pyramidFeatures } from '../../src/main/metrics/laplacianPyramid'
import { Random } from '../../src/shared/random/random'

const shape = { size: 16, channels: 1 }
const noise = (length: number, index = 0) => Uint8Array.from(new Random(1, 'flowers', index).uniforms(length, 0, 256))

/** REDUCE of Burt & Adelson 1983, equation 1, with mirrored borders. */
function reduce(picture: number[][]): number[][] {
  const size = picture.length
  const w = [1, 4, 6, 4, 1].map((value) => value / 16)
  const at = (position: number) => (position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position)
  return Array.from({ length: size / 2 }, (_, y) =>
    Array.from({ length: size / 2 }, (_, x) => {
      let sum = 0
      for (let m = -2; m <= 2; m++) {
        for (let n = -2; n <= 2; n++) {
          sum += w[m + 2]! * w[n + 2]! * picture[at(2 * y + m)]![at(2 * x + n)]!
        }
      }
      return sum
    })
  )
}

/** EXPAND, equation 2, with mirrored borders. */
function expand(picture: number[][]): number[][] {
  const size = picture.length
  const w = [1, 4, 6, 4, 1].map((value) => value / 16)
  const at = (position: number) => (position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position)
  return Array.from({ length: 2 * size }, (_, y) =>
    Array.from({ length: 2 * size }, (_, x) => {
      let sum = 0
      for (let m = -2; m <= 2; m++) {
        for (let n = -2; n <= 2; n++) {
          const [row, column] = [(y - m) / 2, (x - n) / 2]
          if (Number.isInteger(row) && Number.isInteger(column)) {
            sum += 4 * w[m + 2]! * w[n + 2]! * picture[at(row)]![at(column)]!
          }
        }
      }
      return sum
    })
  )
}

const squareOf = (rows: number[][]) => Array.from({ length: 16 }, (_, i) => rows.flat().slice(16 * i, 16 * i + 16))
const subtract = (a: number[][], b: number[][]) => a.map((row, y) => row.map((value, x) => value - b[y]![x]!))

describe('pyramidFeatures', () => {
  it('are what a plain second implementation of the Laplacian pyramid gives', () => {
    const pixels = noise(256)
    const finest = squareOf([[...pixels]])
    const middle = reduce(finest)
    const coarsest = reduce(middle)
    const expected = [subtract(finest, expand(middle)), subtract(middle, expand(coarsest)), coarsest].flatMap((level) =>
      level.flat().map((value) => value / level.length)
    )
    const features = pyramidFeatures(pixels, shape)
    expect(features).toHaveLength(expected.length)
    expect(Math.max(...expected.map((value, i) => Math.abs(value - features[i]!)))).toBeLessThan(1e-4)
  })

  it('hold nothing but the coarsest scale of a plain picture', () => {
    const features = pyramidFeatures(new Uint8Array(256).fill(100), shape)
    expect(Math.max(...features.subarray(0, 256 + 64).map(Math.abs))).toBeLessThan(1e-5)
    expect([...features.subarray(256 + 64)].map(Math.round)).toEqual(Array(16).fill(25))
  })

  it('treat each channel alike', () => {
    const grey = noise(256)
    const colour = Uint8Array.from({ length: 768 }, (_, i) => grey[Math.floor(i / 3)]!)
    const [one, three] = [pyramidFeatures(grey, shape), pyramidFeatures(colour, { size: 16, channels: 3 })]
    expect(three).toHaveLength(pyramidFeatureCount({ size: 16, channels: 3 }))
    one.forEach((value, i) => {
      expect(three[3 * i + 1]! * Math.sqrt(3)).toBeCloseTo(value, 3)
    })
  })

  it('stop halving where a side is odd', () => {
    expect(pyramidFeatureCount({ size: 28, channels: 1 })).toBe(28 ** 2 + 14 ** 2 + 7 ** 2)
  })
})
