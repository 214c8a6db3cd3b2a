const levels = 256

/** Counts how often each of the 256 values comes in each channel, so that mean and deviation are exact to rounding. */
export class PixelStatistics {
  readonly #histograms: Float64Array[]

  constructor(channels: number) {
    this.#histograms = Array.from({ length: channels }, () => new Float64Array(levels))
  }

  /** @param pixels [height, width, channels] */
  add(pixels: Uint8Array): void {
    const channels = this.#histograms.length
    this.#histograms.forEach((histogram, channel) => {
      for (let i = channel; i < pixels.length; i += channels) {
        histogram[pixels[i]!]!++
      }
    })
  }

  /** The mean of x = value / 127.5 − 1 for each channel. */
  get means(): number[] {
    return this.#histograms.map((histogram) => meanOf(histogram, (x) => x))
  }

  /** The standard deviation √(mean (x − mean x)²) of x = value / 127.5 − 1 for each channel. */
  get deviations(): number[] {
    return this.#histograms.map((histogram) => {
      const mean = meanOf(histogram, (x) => x)
      return Math.sqrt(meanOf(histogram, (x) => (x - mean) ** 2))
    })
  }
}

function meanOf(histogram: Float64Array, ofPixel: (x: number) => number): number {
  let count = 0
  let sum = 0
  histogram.forEach((times, value) => {
    count += times
    sum += times * ofPixel(value / 127.5 - 1)
  })
  return sum / count
}
