import type { DenseMatrix } from './convolution/axis'

// Matrices have a row for each pixel of the resized side and a column for each of the source.

/** How tfjs maps the pixels of a resized side to those of the source. */
export interface Sampling {
  readonly alignCorners: boolean
  readonly halfPixelCenters: boolean
}

const ratioOf = (source: number, target: number, { alignCorners }: Sampling): number =>
  alignCorners && target > 1 ? (source - 1) / (target - 1) : source / target

/** The source pixel that each pixel of the resized side copies; the arithmetic is that of tfjs, in doubles. */
export function nearestSources(source: number, target: number, sampling: Sampling): number[] {
  const ratio = ratioOf(source, target, sampling)
  return Array.from({ length: target }, (_, i) => {
    const position = ratio * (sampling.halfPixelCenters ? i + 0.5 : i)
    return Math.max(0, Math.min(source - 1, sampling.alignCorners ? Math.round(position) : Math.floor(position)))
  })
}

/** How often each source pixel is copied where all are equally often and in order, as in a whole upsampling. */
export function wholeFactor(sources: readonly number[], source: number): number | undefined {
  const factor = sources.length / source
  return Number.isInteger(factor) && sources.every((from, i) => from === Math.floor(i / factor)) ? factor : undefined
}

function fill(rows: number, columns: number, weights: (row: number) => readonly (readonly [number, number])[]) {
  const data = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (const [column, weight] of weights(row)) {
      data[row * columns + column]! += weight
    }
  }
  return { rows, columns, data }
}

/** One 1 in each row. */
export const nearestMatrix = (source: number, target: number, sampling: Sampling): DenseMatrix => {
  const sources = nearestSources(source, target, sampling)
  return fill(target, source, (row) => [[sources[row]!, 1]])
}

/** Two weights in each row, of the source pixels below and above the position. */
export function linearMatrix(source: number, target: number, sampling: Sampling): DenseMatrix {
  const ratio = ratioOf(source, target, sampling)
  return fill(target, source, (row) => {
    const position = sampling.halfPixelCenters ? ratio * (row + 0.5) - 0.5 : ratio * row
    const below = Math.max(0, Math.floor(position))
    const above = Math.max(0, Math.min(source - 1, Math.ceil(position)))
    const fraction = position - below
    return [
      [below, 1 - fraction],
      [above, fraction]
    ]
  })
}
