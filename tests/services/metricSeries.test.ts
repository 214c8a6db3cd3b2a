import { expect, test } from 'vitest'
import { MetricBuckets } from '../../src/main/services/metricSeries'
import type { Metrics } from '../../src/shared/contract/metrics'

const line = (step: number, loss: number, more: Record<string, number> = {}): Metrics => ({
  step,
  kimg: step / 100,
  seconds: step / 10,
  'loss/d': loss,
  'loss/g': 1,
  'score/real': 0.5,
  'score/fake': 0.5,
  ...more
})

function metricSeries(lines: readonly Metrics[], maxPoints: number) {
  const buckets = new MetricBuckets(maxPoints)
  for (const each of lines) {
    buckets.add(each)
  }
  return buckets.series
}

test('few lines stay as they are', () => {
  const { steps, seconds, series } = metricSeries([line(1, 3), line(2, 5)], 10)
  expect(steps).toEqual([1, 2])
  expect(seconds).toEqual([0.1, 0.2])
  expect(series['loss/d']).toEqual({ mean: [3, 5], low: [3, 5], high: [3, 5] })
  expect(Object.keys(series).sort()).toEqual(['loss/d', 'loss/g', 'score/fake', 'score/real'])
})

test('more lines than points become buckets with their mean, lowest and highest: no spike is lost', () => {
  const lines = [1, 2, 9, 4, 5, 6, 7].map((loss, index) => line(index + 1, loss))
  const { steps, series } = metricSeries(lines, 3)
  // Buckets of four lines: (1 2 9 4) (5 6 7)
  expect(steps).toEqual([4, 7])
  expect(series['loss/d']).toEqual({ mean: [4, 6], low: [1, 5], high: [9, 7] })
})

test('what is missing or not finite is left out of its bucket, and null where nothing is left', () => {
  const lines = [
    line(1, Number.NaN, { 'score/swd': 8 }),
    line(2, 4),
    line(3, Number.POSITIVE_INFINITY),
    line(4, Number.NaN)
  ]
  const { series } = metricSeries(lines, 2)
  expect(series['loss/d']).toEqual({ mean: [4, null], low: [4, null], high: [4, null] })
  expect(series['score/swd']).toEqual({ mean: [8, null], low: [8, null], high: [8, null] })
})

test('however many lines there are, there are at most as many points as wanted, and at least half of them', () => {
  for (const count of [99, 100, 101, 1000, 4096, 4097]) {
    const lines = Array.from({ length: count }, (_, index) => line(index + 1, index))
    const { steps, series } = metricSeries(lines, 100)
    expect(steps.length).toBeLessThanOrEqual(100)
    expect(steps.length).toBeGreaterThanOrEqual(Math.min(count, 50))
    expect(steps.at(-1)).toBe(count)
    expect(series['loss/d']?.low[0]).toBe(0)
    expect(series['loss/d']?.high.at(-1)).toBe(count - 1)
  }
})

test('no lines give no points', () => {
  expect(metricSeries([], 10)).toEqual({ steps: [], seconds: [], series: {} })
})
