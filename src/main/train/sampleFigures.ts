import type { Metrics } from '../../shared/contract/metrics'
import type { PictureBatch } from './sampler'

export type SampleFigures = Required<Pick<Metrics, 'sample/saturated' | 'sample/contrast' | 'sample/diversity'>>

/** Standard deviation of the values at `first`, `first + stride`, …, of which there are `count`. */
function deviation(values: Uint8Array, first: number, stride: number, count: number): number {
  let sum = 0
  let squares = 0
  for (let i = 0; i < count; i++) {
    const value = values[first + i * stride]!
    sum += value
    squares += value * value
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}

const meanOf = (count: number, term: (index: number) => number): number =>
  Array.from({ length: count }, (_, index) => term(index)).reduce((sum, value) => sum + value, 0) / count

/**
 * What a sample grid tells of the generator's health, without any other picture to compare with.
 *
 * saturated = share of values that are 0 or 255; contrast = mean over pictures and channels of the standard deviation
 * over positions; diversity = mean over positions and channels of the standard deviation over pictures. The latter two
 * as shares of 255: 0 for one colour, or the same picture again and again, at most 0.5.
 */
export function sampleFigures({ pixels, count, size, channels }: PictureBatch): SampleFigures {
  const positions = size * size
  const elements = positions * channels
  const saturated = pixels.reduce((sum, value) => sum + (value === 0 || value === 255 ? 1 : 0), 0)
  const within = meanOf(count * channels, (i) =>
    deviation(pixels, Math.floor(i / channels) * elements + (i % channels), channels, positions)
  )
  const between = meanOf(elements, (position) => deviation(pixels, position, elements, count))
  return {
    'sample/saturated': saturated / pixels.length,
    'sample/contrast': within / 255,
    'sample/diversity': between / 255
  }
}
