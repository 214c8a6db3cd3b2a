import {
  Chart,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement
} from 'chart.js'
import { formatWhole } from '../format/format'
import type { MetricsHistory, SeriesName } from '../state/metricsHistory'
import { currentLanguage } from '../text/translated.svelte'
import { type PixelColumn, PixelColumns } from './pixelColumns'
import { fewestSteps, type StepRange } from './zoom'

Chart.register(Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement)

/** How a series is drawn. */
export interface SeriesStyle {
  readonly name: SeriesName
  /** Custom property of tokens.css that holds its colour. */
  readonly token: string
  /** Broken lines tell series apart without their colours. */
  readonly dashed: boolean
  /** Measured at some steps only: its points are joined. */
  readonly isSparse?: boolean
}

/** What part of the history is shown, and how. */
export interface ChartView {
  /** Weight of the exponential mean, from 0 (none) to below 1. */
  readonly smoothing: number
  readonly logarithmic: boolean
  /** So many of the newest steps; null for all. */
  readonly newestSteps: number | null
  /** Part of the steps, before `newestSteps`; null for none. */
  readonly zoom: StepRange | null
}

interface Point {
  readonly x: number
  readonly y: number
}

/** So many different left edges fit in one window: between two of them nothing is thinned out anew. */
const edgesPerWindow = 10

/** The left edge of a window of the newest steps, moved in jumps. */
export function windowStart(lastStep: number, newestSteps: number | null): number {
  if (newestSteps === null || lastStep <= newestSteps) {
    return 0
  }
  const jump = Math.max(1, Math.floor(newestSteps / edgesPerWindow))
  return Math.floor((lastStep - newestSteps) / jump) * jump
}

const colourOf = (token: string): string => getComputedStyle(document.documentElement).getPropertyValue(token).trim()

/** 30 % of a colour that is written as #rrggbb; canvases of older Chromiums know no color-mix. */
const translucent = (colour: string): string => `${colour}4d`

/**
 * A chart of one or two series of a run: a band from the lowest to the highest value of each pixel column, and the
 * smoothed mean as a line. It draws what it is given and knows of no frames and no events.
 */
export class MetricsChart {
  readonly #chart: Chart<'line', Point[]>
  readonly #styles: readonly SeriesStyle[]
  #thinned: readonly PixelColumns[] = []
  /** What `#thinned` was made for. */
  #key = ''
  #marked: number | null = null
  #shaded: StepRange | null = null

  /** @param limits fixed ends of the value axis; free where left out */
  constructor(canvas: HTMLCanvasElement, styles: readonly SeriesStyle[], limits: { min?: number; max?: number } = {}) {
    this.#styles = styles
    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        events: [],
        maintainAspectRatio: false,
        elements: { point: { radius: 0 }, line: { borderWidth: 1.5 } },
        scales: {
          x: {
            type: 'linear',
            ticks: { maxRotation: 0, autoSkipPadding: 24, callback: (step) => formatWhole(Number(step)) },
            border: { display: false }
          },
          y: { type: 'linear', ...limits, ticks: { maxTicksLimit: 6 }, border: { display: false } }
        }
      },
      plugins: [
        {
          id: 'mark',
          afterDatasetsDraw: (chart) => {
            this.#drawShade(chart)
            this.#drawMark(chart)
          }
        }
      ]
    })
  }

  /** Shows the history as it is now; only what was added since the last time is thinned out. */
  draw(history: MetricsHistory, view: ChartView): void {
    const from = view.zoom?.from ?? windowStart(history.lastStep ?? 0, view.newestSteps)
    this.#prepare(history, view, from)
    for (const [i, { name }] of this.#styles.entries()) {
      this.#thinned[i]?.extend({
        stepAt: (entry) => history.stepAt(entry),
        length: history.length,
        columns: history.columns(name)
      })
    }
    this.#chart.data.datasets = this.#styles.flatMap((style, i) => toDatasets(style, this.#thinned[i]?.columns ?? []))
    this.#setScales(view, view.zoom ?? { from: Math.max(from, history.firstStep ?? 0), to: history.lastStep ?? 1 })
    this.#chart.update('none')
  }

  /** Smoothed values of the column nearest to a step; null where there is none. */
  valuesAt(step: number): readonly (number | null)[] {
    return this.#thinned.map(({ columns }) => {
      const column = columns.find((candidate) => candidate.step >= step) ?? columns.at(-1)
      return column === undefined || Number.isNaN(column.smooth) ? null : column.smooth
    })
  }

  /** The step under a horizontal position in the canvas; null outside of the drawing. */
  stepAtX(x: number): number | null {
    const { left, right } = this.#chart.chartArea
    const step = x < left || x > right ? undefined : this.#chart.scales.x?.getValueForPixel(x)
    return step === undefined ? null : Math.max(0, Math.round(step))
  }

  /** Draws an upright line at a step; none for null. */
  mark(step: number | null): void {
    this.#marked = step
    this.#chart.draw()
  }

  /** Shades the steps between two, as while they are drawn with the mouse; none for null. */
  shade(range: StepRange | null): void {
    this.#shaded = range
    this.#chart.draw()
  }

  /** The steps on the axis. */
  get shown(): StepRange {
    const axis = this.#chart.scales.x
    return { from: axis?.min ?? 0, to: axis?.max ?? 0 }
  }

  destroy(): void {
    this.#chart.destroy()
  }

  #prepare(history: MetricsHistory, { smoothing, zoom }: ChartView, from: number): void {
    const width = Math.max(50, Math.floor(this.#chart.width))
    const key = [history.rewinds, smoothing, from, zoom?.to, width].join(' ')
    if (key !== this.#key) {
      this.#key = key
      this.#thinned = this.#styles.map(() => new PixelColumns(width, smoothing, from, zoom?.to))
    }
  }

  #setScales({ logarithmic }: ChartView, { from, to }: StepRange): void {
    const { scales } = this.#chart.options
    this.#chart.options.locale = currentLanguage()
    const grid = { color: colourOf('--line') }
    const ticks = { color: colourOf('--text-muted'), font: { family: 'JetBrains Mono Variable', size: 11 } }
    if (scales?.x !== undefined && scales.y !== undefined) {
      Object.assign(scales.x, { min: from, max: Math.max(from + fewestSteps, to), grid })
      Object.assign(scales.y, { type: logarithmic ? 'logarithmic' : 'linear', grid })
      Object.assign(scales.x.ticks ?? {}, ticks)
      Object.assign(scales.y.ticks ?? {}, ticks)
    }
  }

  #drawShade({ ctx, chartArea, scales }: Chart): void {
    const [from, to] = [this.#shaded?.from, this.#shaded?.to].map((step) =>
      step === undefined ? undefined : scales.x?.getPixelForValue(step)
    )
    if (from === undefined || to === undefined) {
      return
    }
    ctx.save()
    ctx.fillStyle = translucent(colourOf('--accent'))
    ctx.fillRect(Math.min(from, to), chartArea.top, Math.abs(to - from), chartArea.bottom - chartArea.top)
    ctx.restore()
  }

  #drawMark({ ctx, chartArea, scales }: Chart): void {
    const x = this.#marked === null ? undefined : scales.x?.getPixelForValue(this.#marked)
    if (x === undefined || x < chartArea.left || x > chartArea.right) {
      return
    }
    ctx.save()
    ctx.strokeStyle = colourOf('--text-muted')
    ctx.setLineDash([3, 3])
    ctx.beginPath()
    ctx.moveTo(x, chartArea.top)
    ctx.lineTo(x, chartArea.bottom)
    ctx.stroke()
    ctx.restore()
  }
}

/** The band's two edges, the first filled up to the second, and the line. */
function toDatasets(
  { token, dashed, isSparse = false }: SeriesStyle,
  columns: readonly PixelColumn[]
): ChartDataset<'line', Point[]>[] {
  const colour = colourOf(token)
  const points = (value: (column: PixelColumn) => number): Point[] =>
    columns.map((column) => ({ x: column.step, y: value(column) }))
  // Where a column is one step, the band has no height: its edges still show what was measured.
  const raw = { spanGaps: isSparse, borderWidth: 1, borderColor: translucent(colour) }
  return [
    { data: points(({ low }) => low), ...raw, fill: '+1', backgroundColor: raw.borderColor },
    { data: points(({ high }) => high), ...raw, fill: false },
    {
      data: points(({ smooth }) => smooth),
      spanGaps: isSparse,
      borderColor: colour,
      borderDash: dashed ? [5, 3] : [],
      fill: false
    }
  ]
}
