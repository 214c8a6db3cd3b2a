import { describe, expect, it } from 'vitest'
import { initialValues } from '../../src/main/model/initializers'
import type { Initializer } from '../../src/shared/architecture/layers'
import { Random } from '../../src/shared/random/random'

const draw = (initializer: Initializer, shape: readonly number[], index = 0): Float32Array =>
  initialValues(initializer, shape, new Random(1, 'initialWeights', index))

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: Float32Array) => mean(values.map((value) => value ** 2)) - mean(values) ** 2
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

// 3·3·40·60 values: fans are 360 in and 540 out.
const kernel = [3, 3, 40, 60]
const count = 21_600

describe('initialValues', () => {
  it('glorot-uniform fills [−l, l] evenly, l = √(6 / (fanIn + fanOut))', () => {
    const limit = Math.sqrt(6 / 900)
    const values = draw({ kind: 'glorot-uniform' }, kernel)
    expect(largest(values)).toBeLessThanOrEqual(limit)
    expect(largest(values)).toBeGreaterThan(0.999 * limit)
    expect(variance(values) / (limit ** 2 / 3)).toBeCloseTo(1, 1)
    expect(Math.abs(mean(values))).toBeLessThan((5 * limit) / Math.sqrt(3 * count))
  })

  it('takes fans [in, out] for a dense kernel and √size for a vector', () => {
    expect(largest(draw({ kind: 'glorot-uniform' }, [100, 500]))).toBeCloseTo(0.1, 3)
    expect(largest(draw({ kind: 'glorot-uniform' }, [10_000]))).toBeCloseTo(Math.sqrt(6 / 200), 3)
  })

  it('he-normal has variance 2 / fanIn and ends at two of the deviations before cutting', () => {
    const values = draw({ kind: 'he-normal' }, kernel)
    const deviation = Math.sqrt(2 / 360)
    expect(values.length).toBe(count)
    expect(variance(values) / deviation ** 2).toBeCloseTo(1, 1)
    // 2 / 0.8796… = 2.2737 deviations of what remains.
    expect(largest(values) / deviation).toBeLessThan(2.274)
    expect(largest(values) / deviation).toBeGreaterThan(2.26)
  })

  it('normal has its mean and deviation', () => {
    const values = draw({ kind: 'normal', mean: 1, deviation: 0.02 }, kernel)
    expect(Math.abs(mean(values) - 1)).toBeLessThan((5 * 0.02) / Math.sqrt(count))
    expect(variance(values) / 0.02 ** 2).toBeCloseTo(1, 1)
  })

  it('uniform stays within its bounds, constant is constant', () => {
    const values = draw({ kind: 'uniform', low: 2, high: 3 }, kernel)
    expect(values.every((value) => value >= 2 && value <= 3)).toBe(true)
    expect(mean(values)).toBeCloseTo(2.5, 2)
    expect(draw({ kind: 'constant', value: 7 }, [2, 2])).toEqual(Float32Array.of(7, 7, 7, 7))
  })

  it('gives the same values again, and others for another weight', () => {
    const initializer: Initializer = { kind: 'he-normal' }
    expect(draw(initializer, kernel)).toEqual(draw(initializer, kernel))
    expect(draw(initializer, kernel, 1)).not.toEqual(draw(initializer, kernel))
  })
})
