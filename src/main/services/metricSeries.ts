import type { Metrics } from '../../shared/contract/metrics'
import type { MetricSeries } from '../../shared/contract/runs'

const notSeries: ReadonlySet<string> = new Set(['step', 'kimg', 'seconds'])

interface Statistics {
  mean: number | null
  low: number | null
  high: number | null
}

function statisticsOf(lines: readonly Metrics[], name: string): Statistics {
  let [sum, count, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const line of lines) {
    const value = line[name]
    if (value !== undefined && Number.isFinite(value)) {
      sum += value
      count++
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return count === 0 ? { mean: null, low: null, high: null } : { mean: sum / count, low, high }
}

/** Lines in runs of equal length, the last one maybe shorter, at most `maxBuckets` of them. */
function bucketsOf(lines: readonly Metrics[], maxBuckets: number): Metrics[][] {
  const length = Math.max(1, Math.ceil(lines.length / maxBuckets))
  return Array.from({ length: Math.ceil(lines.length / length) }, (_, index) =>
    lines.slice(index * length, (index + 1) * length)
  )
}

function seriesNames(lines: readonly Metrics[]): Set<string> {
  const names = new Set<string>()
  for (const line of lines) {
    for (const name in line) {
      names.add(name)
    }
  }
  return new Set([...names].filter((name) => !notSeries.has(name)))
}

/** Metrics for a chart: in each of at most `maxPoints` buckets the mean, the lowest and the highest of each series. */
export function metricSeries(lines: readonly Metrics[], maxPoints: number): MetricSeries {
  const buckets = bucketsOf(lines, maxPoints)
  const series = Array.from(seriesNames(lines), (name) => {
    const all = buckets.map((bucket) => statisticsOf(bucket, name))
    return [
      name,
      { mean: all.map(({ mean }) => mean), low: all.map(({ low }) => low), high: all.map(({ high }) => high) }
    ] as const
  })
  return {
    steps: buckets.map((bucket) => bucket.at(-1)!.step),
    seconds: buckets.map((bucket) => bucket.at(-1)!.seconds),
    series: Object.fromEntries(series)
  }
}
