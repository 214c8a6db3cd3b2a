import type { Planes } from './planes'

/** Side of the Gaussian window in pixels, and its deviation (Wang et al. 2004). */
const windowSide = 11
const windowDeviation = 1.5
/** (0.01 · 255)² and (0.03 · 255)². */
const c1 = 6.5025
const c2 = 58.5225
/** Wang et al. 2003, for five levels; fewer levels take the first ones, scaled to the sum 1. */
const levelWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] as const

const window = (() => {
  const middle = (windowSide - 1) / 2
  const heights = Array.from({ length: windowSide }, (_, i) =>
    Math.exp(-((i - middle) ** 2) / (2 * windowDeviation ** 2))
  )
  const sum = heights.reduce((a, b) => a + b)
  return Float64Array.from(heights, (height) => height / sum)
})()

/** Weights of the levels of pictures of this side: as many as the window fits into, five at most. */
export function weightsFor(side: number): number[] {
  const levels = levelWeights.filter((_, level) => side >> level >= windowSide)
  const sum = levels.reduce((a, b) => a + b, 0)
  return levels.map((weight) => weight / sum)
}

/** The window's mean at each place where it fits: `[side − 10, side − 10]`. */
function windowed(plane: Float64Array, side: number): Float64Array {
  const fits = side - windowSide + 1
  const rows = new Float64Array(side * fits)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < fits; x++) {
      let sum = 0
      for (let i = 0; i < windowSide; i++) {
        sum += window[i]! * plane[y * side + x + i]!
      }
      rows[y * fits + x] = sum
    }
  }
  const result = new Float64Array(fits * fits)
  for (let y = 0; y < fits; y++) {
    for (let x = 0; x < fits; x++) {
      let sum = 0
      for (let i = 0; i < windowSide; i++) {
        sum += window[i]! * rows[(y + i) * fits + x]!
      }
      result[y * fits + x] = sum
    }
  }
  return result
}

/** Means over all places of SSIM and of its part without luminance, the contrast and structure. */
interface Similarity {
  readonly ssim: number
  readonly structure: number
}

function similarityOf(a: Float64Array, b: Float64Array, side: number): Similarity {
  const product = (x: Float64Array, y: Float64Array) =>
    windowed(
      x.map((value, i) => value * y[i]!),
      side
    )
  const [meanA, meanB] = [windowed(a, side), windowed(b, side)]
  const [squareA, squareB, mixed] = [product(a, a), product(b, b), product(a, b)]
  let [ssim, structure] = [0, 0]
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i]!, meanB[i]!]
    const variances = squareA[i]! - ma * ma + squareB[i]! - mb * mb
    const cs = (2 * (mixed[i]! - ma * mb) + c2) / (variances + c2)
    structure += cs
    ssim += (cs * (2 * ma * mb + c1)) / (ma * ma + mb * mb + c1)
  }
  return { ssim: ssim / meanA.length, structure: structure / meanA.length }
}

/** Means of 2×2 pixels; an odd last row or column is left out. */
function shrink(plane: Float64Array, side: number): Float64Array {
  const half = side >> 1
  const result = new Float64Array(half * half)
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const at = 2 * y * side + 2 * x
      result[y * half + x] = (plane[at]! + plane[at + 1]! + plane[at + side]! + plane[at + side + 1]!) / 4
    }
  }
  return result
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * MS-SSIM of two pictures (Wang et al. 2003): Π structure_l^w_l over all levels but the last · SSIM^w of the last; each
 * a mean over places and colours, a negative one counted as 0. 1 for equal pictures.
 *
 * @param a one plane a colour, `side` × `side`, 0 … 255
 */
export function msSsim(a: readonly Float64Array[], b: readonly Float64Array[], side: number): number {
  const weights = weightsFor(side)
  let [left, right, size, result] = [a, b, side, 1]
  for (const [level, weight] of weights.entries()) {
    const found = left.map((plane, channel) => similarityOf(plane, right[channel]!, size))
    const isLast = level === weights.length - 1
    const factor = meanOf(found.map(({ ssim, structure }) => (isLast ? ssim : structure)))
    result *= Math.max(0, factor) ** weight
    left = isLast ? left : left.map((plane) => shrink(plane, size))
    right = isLast ? right : right.map((plane) => shrink(plane, size))
    size >>= 1
  }
  return result
}

/**
 * The mean MS-SSIM of picture 0 with 1, 2 with 3 and so on: how much alike pictures of a random set are (Odena et al.
 * 2017). Near 1 where a generator makes always the same.
 */
export function meanPairSimilarity(pictures: Planes): number {
  const { data, count, channels, side } = pictures
  const area = side * side
  const planes = (picture: number) =>
    Array.from({ length: channels }, (_, channel) => {
      const from = (picture * channels + channel) * area
      return Float64Array.from(data.subarray(from, from + area))
    })
  return meanOf(Array.from({ length: count >> 1 }, (_, pair) => msSsim(planes(2 * pair), planes(2 * pair + 1), side)))
}
