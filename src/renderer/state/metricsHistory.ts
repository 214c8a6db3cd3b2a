import type { MetricSeries } from '../../shared/contract/runs'

/** The series that every step measures, by their stable names. */
const stepSeries = ['loss/d', 'loss/g', 'score/real', 'score/fake'] as const
/** Those that only some steps measure. */
const sparseSeries = [
  'sample/saturated',
  'sample/contrast',
  'sample/diversity',
  'score/swd',
  'score/swd-real',
  'score/msssim',
  'score/msssim-real'
] as const
const seriesNames = [...stepSeries, ...sparseSeries]
export type SeriesName = (typeof seriesNames)[number]

export type StepMetrics = { readonly step: number } & Readonly<Record<(typeof stepSeries)[number], number>> &
  Readonly<Partial<Record<(typeof sparseSeries)[number], number>>>

/** One series: a mean and its extremes for each entry; the three are equal where an entry is one step. NaN: not known. */
export interface SeriesColumns {
  readonly mean: Float32Array
  readonly low: Float32Array
  readonly high: Float32Array
}

const emptyColumns = (capacity: number): SeriesColumns => ({
  mean: new Float32Array(capacity),
  low: new Float32Array(capacity),
  high: new Float32Array(capacity)
})

function grown(columns: SeriesColumns, capacity: number): SeriesColumns {
  const larger = emptyColumns(capacity)
  larger.mean.set(columns.mean)
  larger.low.set(columns.low)
  larger.high.set(columns.high)
  return larger
}

/**
 * The metrics of a run, in columns that grow by doubling: 200,000 steps take 36 MB and appending takes no copy. Steps
 * rise strictly; a step that was already there, as after going back to a checkpoint, replaces all from there on.
 */
export class MetricsHistory {
  #capacity = 1024
  #steps = new Float64Array(this.#capacity)
  readonly #series = new Map<SeriesName, SeriesColumns>(seriesNames.map((name) => [name, emptyColumns(this.#capacity)]))
  #length = 0
  #rewinds = 0

  get length(): number {
    return this.#length
  }

  /** How often entries were taken back: what was derived from them before must be derived anew. */
  get rewinds(): number {
    return this.#rewinds
  }

  /** Step of an entry; entries count from 0. */
  stepAt(entry: number): number {
    return this.#steps[entry] ?? Number.NaN
  }

  get firstStep(): number | null {
    return this.#length === 0 ? null : this.stepAt(0)
  }

  get lastStep(): number | null {
    return this.#length === 0 ? null : this.stepAt(this.#length - 1)
  }

  /** Only entries below `length` count. */
  columns(name: SeriesName): SeriesColumns {
    return this.#series.get(name) ?? emptyColumns(0)
  }

  /** The newest mean of a series; null when there is none. */
  newest(name: SeriesName): number | null {
    const value = this.columns(name).mean[this.#length - 1]
    return value === undefined || this.#length === 0 ? null : value
  }

  /** The newest means of a series that not every entry has, oldest first; at most `count`. */
  newestKnown(name: SeriesName, count: number): readonly number[] {
    const { mean } = this.columns(name)
    const found: number[] = []
    for (let entry = this.#length - 1; entry >= 0 && found.length < count; entry--) {
      const value = mean[entry]!
      if (Number.isFinite(value)) {
        found.unshift(value)
      }
    }
    return found
  }

  /** The first entry whose step is at least `step`; `length` when all are smaller. */
  entryFrom(step: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.stepAt(middle) < step) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /** Adds what one step measured. */
  append(metrics: StepMetrics): void {
    this.#push(metrics.step, (name) => {
      const value = metrics[name] ?? Number.NaN
      return { mean: value, low: value, high: value }
    })
  }

  /** Adds buckets of many steps, as the host sends them. */
  appendBuckets({ steps, series }: MetricSeries): void {
    steps.forEach((step, bucket) => {
      this.#push(step, (name) => {
        const columns = series[name]
        const mean = columns?.mean[bucket] ?? Number.NaN
        return { mean, low: columns?.low[bucket] ?? mean, high: columns?.high[bucket] ?? mean }
      })
    })
  }

  #push(step: number, figures: (name: SeriesName) => { mean: number; low: number; high: number }): void {
    this.#rewindTo(step)
    this.#makeRoom()
    this.#steps[this.#length] = step
    for (const [name, columns] of this.#series) {
      const { mean, low, high } = figures(name)
      columns.mean[this.#length] = mean
      columns.low[this.#length] = low
      columns.high[this.#length] = high
    }
    this.#length++
  }

  #rewindTo(step: number): void {
    if (this.lastStep !== null && step <= this.lastStep) {
      this.#length = this.entryFrom(step)
      this.#rewinds++
    }
  }

  #makeRoom(): void {
    if (this.#length < this.#capacity) {
      return
    }
    this.#capacity *= 2
    const steps = new Float64Array(this.#capacity)
    steps.set(this.#steps)
    this.#steps = steps
    for (const [name, columns] of this.#series) {
      this.#series.set(name, grown(columns, this.#capacity))
    }
  }
}
