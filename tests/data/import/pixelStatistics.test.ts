import { describe, expect, it } from 'vitest'
import { PixelStatistics } from '../../../src/main/data/import/pixelStatistics'

describe('means and deviations of channels', () => {
  it('are those computed by hand', () => {
    const statistics = new PixelStatistics(3)
    statistics.add(Uint8Array.of(0, 255, 51, 255, 255, 204))
    statistics.add(Uint8Array.of(0, 255, 51, 255, 255, 204))
    // x = value / 127.5 − 1: red −1, 1; green 1, 1; blue −0.6, 0.6.
    expect(statistics.means.map((mean) => Math.round(1e12 * mean) / 1e12 + 0)).toEqual([0, 1, 0])
    expect(statistics.deviations.map((deviation) => Math.round(1e12 * deviation) / 1e12)).toEqual([1, 0, 0.6])
  })

  it('of grey pictures are one each', () => {
    const statistics = new PixelStatistics(1)
    statistics.add(Uint8Array.of(255, 255, 0, 0, 0, 0, 0, 0))
    // Mean (2 − 6) / 8 = −½, variance (2 · 1.5² + 6 · 0.5²) / 8 = ¾.
    expect(statistics.means[0]).toBeCloseTo(-0.5, 12)
    expect(statistics.deviations[0]).toBeCloseTo(Math.sqrt(0.75), 12)
  })
})
