import type { SeriesColumns } from '../state/metricsHistory'

/** What one column of pixels shows: extremes of what was measured, and the smoothed mean at its end. */
export interface PixelColumn {
  /** Step of the newest entry in it. */
  step: number
  low: number
  high: number
  smooth: number
}

/** Part of a history: steps and one series. */
export interface SeriesView {
  stepAt(entry: number): number
  readonly length: number
  readonly columns: SeriesColumns
}

const mergeColumns = (a: PixelColumn, b: PixelColumn): PixelColumn => ({
  step: b.step,
  low: minimumOf(a.low, b.low),
  high: maximumOf(a.high, b.high),
  smooth: Number.isNaN(b.smooth) ? a.smooth : b.smooth
})

/** NaN stands for "not known" and gives way to a number. */
const minimumOf = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b))
const maximumOf = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b))

/**
 * A series thinned out to at most `maxColumns` columns of equally many steps, each with the lowest and highest value,
 * so that no peak is lost. Appending is O(1) an entry: when the columns are used up, neighbours are merged and each
 * covers twice as many steps.
 *
 * The smoothed line is the exponential mean sᵢ = w·sᵢ₋₁ + (1 − w)·xᵢ, divided by 1 − wⁱ so that its beginning isn't
 * drawn towards 0 (Kingma & Ba 2015, section 3). w = 0 is no smoothing.
 */
export class PixelColumns {
  readonly #maxColumns: number
  readonly #weight: number
  readonly #fromStep: number
  readonly #toStep: number
  #columns: PixelColumn[] = []
  #stepsPerColumn = 1
  #entries = 0
  #mean = 0
  #share = 0

  /**
   * @param fromStep entries of earlier steps are smoothed over, but not shown
   * @param toStep those of later steps are left out
   */
  constructor(maxColumns: number, weight: number, fromStep = 0, toStep = Number.POSITIVE_INFINITY) {
    this.#maxColumns = maxColumns
    this.#weight = weight
    this.#fromStep = fromStep
    this.#toStep = toStep
  }

  get columns(): readonly PixelColumn[] {
    return this.#columns
  }

  get stepsPerColumn(): number {
    return this.#stepsPerColumn
  }

  /** Takes the entries that were added to the history since the last time. */
  extend({ stepAt, length, columns }: SeriesView): void {
    for (; this.#entries < length; this.#entries++) {
      const smooth = this.#smooth(columns.mean[this.#entries]!)
      const step = stepAt(this.#entries)
      if (step >= this.#fromStep && step <= this.#toStep) {
        this.#add({ step, low: columns.low[this.#entries]!, high: columns.high[this.#entries]!, smooth })
      }
    }
  }

  #smooth(value: number): number {
    if (Number.isFinite(value)) {
      this.#mean = this.#weight * this.#mean + (1 - this.#weight) * value
      this.#share = this.#weight * this.#share + (1 - this.#weight)
      return this.#mean / this.#share
    }
    return Number.NaN
  }

  #positionOf(step: number): number {
    return Math.floor((step - this.#fromStep) / this.#stepsPerColumn)
  }

  #add(column: PixelColumn): void {
    while (this.#positionOf(column.step) >= this.#maxColumns) {
      this.#stepsPerColumn *= 2
      this.#columns = this.#merged()
    }
    const last = this.#columns.at(-1)
    if (last !== undefined && this.#positionOf(last.step) === this.#positionOf(column.step)) {
      this.#columns[this.#columns.length - 1] = mergeColumns(last, column)
    } else {
      this.#columns.push(column)
    }
  }

  #merged(): PixelColumn[] {
    const merged: PixelColumn[] = []
    for (const column of this.#columns) {
      const last = merged.at(-1)
      if (last !== undefined && this.#positionOf(last.step) === this.#positionOf(column.step)) {
        merged[merged.length - 1] = mergeColumns(last, column)
      } else {
        merged.push(column)
      }
    }
    return merged
  }
}
