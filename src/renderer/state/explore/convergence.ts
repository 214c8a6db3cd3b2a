import type { ConvergencePoint } from './projection.svelte'

/** What a chart is drawn in. */
interface ChartBox {
  /** Steps at its right edge. */
  readonly steps: number
  readonly width: number
  readonly height: number
}

/** dB at the upper end of the axis: a multiple of 10 above all that was reached, at least 40. */
export const psnrCeiling = (points: readonly ConvergencePoint[]): number =>
  Math.max(40, ...points.map(({ psnr }) => 10 * Math.ceil((psnr ?? 0) / 10)))

/** The points of an SVG polyline of a share 0 … 1 of each point, the lower left corner being 0. */
export const chartPoints = (
  points: readonly ConvergencePoint[],
  shareOf: (point: ConvergencePoint) => number,
  { steps, width, height }: ChartBox
): string =>
  points
    .map((point) => {
      const share = Math.min(1, Math.max(0, shareOf(point)))
      return `${((width * point.step) / steps).toFixed(1)},${(height * (1 - share)).toFixed(1)}`
    })
    .join(' ')
