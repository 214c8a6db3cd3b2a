/** The largest difference of two bytes. */
const peak = 255

/**
 * Peak signal-to-noise ratio in dB: 10·log₁₀(255² / mean square difference); infinite for equal pictures.
 *
 * @param a, b bytes of equal number
 */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  const sum = a.reduce((total, value, i) => total + (value - b[i]!) ** 2, 0)
  return 10 * Math.log10(peak ** 2 / (sum / a.length))
}

/** A picture's layout: [size, size, channels]. */
export interface PictureShape {
  readonly size: number
  readonly channels: number
}

const windowSide = 11
const windowDeviation = 1.5
/** K₁ and K₂ of the paper. */
const [stabilizer1, stabilizer2] = [(0.01 * peak) ** 2, (0.03 * peak) ** 2]

/** Weights of an 11-tap Gaussian with deviation 1.5; their sum is 1. */
const gaussianWindow: readonly number[] = (() => {
  const taps = Array.from({ length: windowSide }, (_, i) =>
    Math.exp(-((i - (windowSide - 1) / 2) ** 2) / (2 * windowDeviation ** 2))
  )
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
})()

/** The windows' weighted means, [size − 10, size − 10]: the Gaussian along rows, then along columns. */
function windowMeans(plane: Float64Array, size: number): Float64Array {
  const inside = size - windowSide + 1
  const rows = new Float64Array(size * inside)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < inside; x++) {
      rows[y * inside + x] = gaussianWindow.reduce((sum, tap, i) => sum + tap * plane[y * size + x + i]!, 0)
    }
  }
  const means = new Float64Array(inside * inside)
  for (let y = 0; y < inside; y++) {
    for (let x = 0; x < inside; x++) {
      means[y * inside + x] = gaussianWindow.reduce((sum, tap, i) => sum + tap * rows[(y + i) * inside + x]!, 0)
    }
  }
  return means
}

function planeSsim(a: Float64Array, b: Float64Array, size: number): number {
  const of = (values: (i: number) => number) =>
    windowMeans(
      Float64Array.from(a, (_, i) => values(i)),
      size
    )
  const [meanA, meanB] = [windowMeans(a, size), windowMeans(b, size)]
  const [squareA, squareB] = [of((i) => a[i]! ** 2), of((i) => b[i]! ** 2)]
  const product = of((i) => a[i]! * b[i]!)
  const sum = meanA.reduce((total, muA, i) => {
    const muB = meanB[i]!
    const [varianceA, varianceB] = [squareA[i]! - muA ** 2, squareB[i]! - muB ** 2]
    const covariance = product[i]! - muA * muB
    const luminance = (2 * muA * muB + stabilizer1) / (muA ** 2 + muB ** 2 + stabilizer1)
    return total + (luminance * (2 * covariance + stabilizer2)) / (varianceA + varianceB + stabilizer2)
  }, 0)
  return sum / meanA.length
}

/**
 * Structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004, equation 13): the mean over all 11 × 11 Gaussian windows
 * (deviation 1.5) that lie inside the picture, and over its channels. 1 for equal pictures.
 *
 * @param a, b bytes [size, size, channels], size at least 11
 */
export function ssim(a: Uint8Array, b: Uint8Array, { size, channels }: PictureShape): number {
  const plane = (pixels: Uint8Array, channel: number) =>
    Float64Array.from({ length: size * size }, (_, i) => pixels[i * channels + channel]!)
  let sum = 0
  for (let channel = 0; channel < channels; channel++) {
    sum += planeSsim(plane(a, channel), plane(b, channel), size)
  }
  return sum / channels
}
