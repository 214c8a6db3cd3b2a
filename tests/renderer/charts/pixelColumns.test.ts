import { describe, expect, it } from 'vitest'
import { windowStart } from '../../../src/renderer/charts/metricsChart'
import { PixelColumns } from '../../../src/renderer/charts/pixelColumns'
import { Random } from '../../../src/shared/random/random'

/** A history of steps 0, 1, 2, … with these values. */
function viewOf(values: Float32Array, length = values.length) {
  return { stepAt: (entry: number) => entry, length, columns: { mean: values, low: values, high: values } }
}

const noise = (count: number): Float32Array => new Random(1, 'generate').uniforms(count)

describe('PixelColumns', () => {
  it('keeps every peak of 200,000 points in at most 500 columns', () => {
    const values = noise(200_000)
    values[123_456] = 9
    values[77] = -9
    const columns = new PixelColumns(500, 0)
    columns.extend(viewOf(values))
    expect(columns.columns.length).toBeLessThanOrEqual(500)
    expect(Math.max(...columns.columns.map(({ high }) => high))).toBe(9)
    expect(Math.min(...columns.columns.map(({ low }) => low))).toBe(-9)
  })

  it('gives the extremes of the steps that each column covers', () => {
    const values = noise(1000)
    const thinned = new PixelColumns(100, 0)
    thinned.extend(viewOf(values))
    const width = thinned.stepsPerColumn
    for (const [i, { step, low, high, smooth }] of thinned.columns.entries()) {
      const covered = values.subarray(i * width, (i + 1) * width)
      expect([low, high]).toEqual([Math.min(...covered), Math.max(...covered)])
      expect([step, smooth]).toEqual([Math.min((i + 1) * width, 1000) - 1, covered.at(-1)])
    }
  })

  it('comes to the same whether points arrive one by one or all at once', () => {
    const values = noise(3000)
    const atOnce = new PixelColumns(64, 0.9)
    atOnce.extend(viewOf(values))
    const oneByOne = new PixelColumns(64, 0.9)
    for (let length = 1; length <= values.length; length++) {
      oneByOne.extend(viewOf(values, length))
    }
    expect(oneByOne.columns).toEqual(atOnce.columns)
  })

  it('smooths with a mean that is not drawn towards 0 at its beginning', () => {
    const thinned = new PixelColumns(10, 0.5)
    thinned.extend(viewOf(Float32Array.of(4, 8, 8)))
    // (0.5·4) / 0.5 = 4; (0.25·4 + 0.5·8) / 0.75; (0.125·4 + 0.25·8 + 0.5·8) / 0.875
    const expected = [4, 5 / 0.75, 6.5 / 0.875]
    thinned.columns.forEach(({ smooth }, i) => {
      expect(smooth).toBeCloseTo(expected[i]!, 10)
    })
  })

  it('shows only steps from its left edge on', () => {
    const thinned = new PixelColumns(10, 0, 5)
    thinned.extend(viewOf(noise(8)))
    expect(thinned.columns.map(({ step }) => step)).toEqual([5, 6, 7])
  })

  it('lets numbers win over what is not known', () => {
    const thinned = new PixelColumns(1, 0)
    thinned.extend(viewOf(Float32Array.of(1, Number.NaN, Number.NaN, 3)))
    expect(thinned.columns).toEqual([{ step: 3, low: 1, high: 3, smooth: 3 }])
  })
})

describe('windowStart', () => {
  it('moves in tenths of the window, so that most steps thin out nothing anew', () => {
    expect(windowStart(500, 1000)).toBe(0)
    expect(windowStart(5000, null)).toBe(0)
    const starts = Array.from({ length: 100 }, (_, i) => windowStart(3000 + i, 1000))
    expect(new Set(starts)).toEqual(new Set([2000]))
    expect(windowStart(3100, 1000)).toBe(2100)
  })
})
