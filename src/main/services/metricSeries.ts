import type { Metrics } from '../../shared/contract/metrics'
import type { MetricSeries } from '../../shared/contract/runs'

const notSeries: ReadonlySet<string> = new Set(['step', 'kimg', 'seconds'])

/** The finite values of one series in a bucket. */
interface Statistics {
  readonly sum: number
  readonly count: number
  readonly low: number
  readonly high: number
}

interface Bucket {
  lines: number
  /** Of its last line. */
  step: number
  seconds: number
  readonly series: Map<string, Statistics>
}

const merge = (a: Statistics | undefined, b: Statistics): Statistics =>
  a === undefined
    ? b
    : { sum: a.sum + b.sum, count: a.count + b.count, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }

/** Adds what a later bucket holds. */
function absorb(bucket: Bucket, later: Bucket): void {
  bucket.lines += later.lines
  bucket.step = later.step
  bucket.seconds = later.seconds
  for (const [name, statistics] of later.series) {
    bucket.series.set(name, merge(bucket.series.get(name), statistics))
  }
}

function bucketOf(line: Metrics): Bucket {
  const series = new Map<string, Statistics>()
  for (const [name, value] of Object.entries(line)) {
    if (Number.isFinite(value) && !notSeries.has(name)) {
      series.set(name, { sum: value, count: 1, low: value, high: value })
    }
  }
  return { lines: 1, step: line.step, seconds: line.seconds, series }
}

/**
 * Metrics for a chart, made line by line in bounded memory: in each of at most `maxPoints` buckets of equally many
 * lines the mean, the lowest and the highest of each series. When there are too many buckets, neighbours are merged.
 */
export class MetricBuckets {
  readonly #maxPoints: number
  #linesPerBucket = 1
  #buckets: Bucket[] = []

  constructor(maxPoints: number) {
    this.#maxPoints = maxPoints
  }

  add(line: Metrics): void {
    const added = bucketOf(line)
    const last = this.#buckets.at(-1)
    if (last !== undefined && last.lines < this.#linesPerBucket) {
      absorb(last, added)
    } else {
      this.#buckets.push(added)
    }
    if (this.#buckets.length > this.#maxPoints) {
      this.#mergeNeighbours()
    }
  }

  get series(): MetricSeries {
    const names = new Set(this.#buckets.flatMap(({ series }) => [...series.keys()]))
    const series = Array.from(names, (name) => [name, this.#seriesOf(name)] as const)
    return {
      steps: this.#buckets.map(({ step }) => step),
      seconds: this.#buckets.map(({ seconds }) => seconds),
      series: Object.fromEntries(series)
    }
  }

  #seriesOf(name: string): MetricSeries['series'][string] {
    const all = this.#buckets.map(({ series }) => series.get(name))
    return {
      mean: all.map((part) => (part === undefined ? null : part.sum / part.count)),
      low: all.map((part) => part?.low ?? null),
      high: all.map((part) => part?.high ?? null)
    }
  }

  #mergeNeighbours(): void {
    this.#linesPerBucket *= 2
    this.#buckets = this.#buckets.filter((bucket, index) => {
      const later = this.#buckets[index + 1]
      if (index % 2 === 0 && later !== undefined) {
        absorb(bucket, later)
      }
      return index % 2 === 0
    })
  }
}
