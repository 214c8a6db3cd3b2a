/** Pixels as a canvas has them: red, green, blue, alpha, a byte each, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

const channels = 4

/** How two pictures of one size differ. */
export interface Difference {
  /** min(255, gain · |a − b|) in each colour, opaque. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  /** Mean of |a − b| over all pixels and colours, 0 … 1. */
  readonly mean: number
}

/**
 * The difference of two pictures; null where their sizes differ.
 *
 * @param gain how much it is brightened
 */
export function differenceOf(a: Pixels, b: Pixels, gain: number): Difference | null {
  if (a.width !== b.width || a.height !== b.height) {
    return null
  }
  const pixels = new Uint8ClampedArray(a.data.length)
  let sum = 0
  for (let i = 0; i < pixels.length; i++) {
    const isAlpha = i % channels === channels - 1
    const distance = isAlpha ? 0 : Math.abs(a.data[i]! - b.data[i]!)
    sum += distance
    pixels[i] = isAlpha ? 255 : gain * distance
  }
  const count = Math.max(1, a.width * a.height * (channels - 1))
  return { pixels, mean: sum / (255 * count) }
}
