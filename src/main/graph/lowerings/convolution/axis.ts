import { type Matrix, type ShortCorrelation, shortCorrelation } from './toomCook'

/** One spatial axis of a convolution. */
export interface AxisShape {
  readonly kernel: number
  readonly stride: number
  /** Zeros before the first input. */
  readonly padBefore: number
  readonly inputs: number
  readonly outputs: number
}

/**
 * How one axis is computed: the kernel's taps are dealt to `stride` phases (tap stride·j + φ belongs to phase φ), the
 * outputs are cut into `tiles` of `tile`, and each phase of each tile is a short correlation of `taps` taps.
 */
export interface Axis extends AxisShape {
  readonly tile: number
  readonly taps: number
  readonly points: number
  readonly tiles: number
  /** Inputs of one phase that the tiles read: columns of the matrix that transforms them. */
  readonly phaseColumns: number
  readonly correlation: ShortCorrelation
}

/** A dense matrix, row-major. */
export interface DenseMatrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float32Array
}

export function planAxis(shape: AxisShape, tile: number): Axis {
  const taps = Math.ceil(shape.kernel / shape.stride)
  const tiles = Math.ceil(shape.outputs / tile)
  return {
    ...shape,
    tile,
    taps,
    points: tile + taps - 1,
    tiles,
    phaseColumns: shape.stride === 1 ? shape.inputs : tiles * tile + taps - 1,
    correlation: shortCorrelation(tile, taps)
  }
}

function dense(
  rows: number,
  columns: number,
  fill: (set: (row: number, column: number, value: number) => void) => void
) {
  const data = new Float32Array(rows * columns)
  fill((row, column, value) => {
    if (column >= 0 && column < columns && row >= 0 && row < rows) {
      data[row * columns + column] = value
    }
  })
  return { rows, columns, data }
}

const forEachElement = (matrix: Matrix, visit: (row: number, column: number, value: number) => void): void =>
  matrix.forEach((row, i) => {
    row.forEach((value, j) => {
      visit(i, j, value)
    })
  })

/**
 * `[points · stride · tiles, inputs]`: row (p, φ, t) gives point p of phase φ of tile t. What lies outside of the
 * picture is left out, which is the zero padding.
 */
export function rowMatrix({ correlation, stride, tiles, tile, points, inputs, padBefore }: Axis): DenseMatrix {
  return dense(points * stride * tiles, inputs, (set) => {
    forEachElement(correlation.inputs, (p, j, value) => {
      for (let phase = 0; phase < stride; phase++) {
        for (let t = 0; t < tiles; t++) {
          set((p * stride + phase) * tiles + t, stride * (tile * t + j) + phase - padBefore, value)
        }
      }
    })
  })
}

/** `[points · tiles, phaseColumns]`: row (q, u) gives point q of tile u from the inputs of one phase. */
export function columnMatrix({ correlation, stride, tiles, tile, points, phaseColumns, padBefore }: Axis): DenseMatrix {
  const offset = stride === 1 ? padBefore : 0
  return dense(points * tiles, phaseColumns, (set) => {
    forEachElement(correlation.inputs, (q, j, value) => {
      for (let u = 0; u < tiles; u++) {
        set(q * tiles + u, tile * u + j - offset, value)
      }
    })
  })
}

/** `[outputs, points · tiles]`: sums the points of each tile to its outputs; what a last tile has too many is cut. */
export function outputMatrix({ correlation, tiles, tile, points, outputs }: Axis): DenseMatrix {
  return dense(outputs, points * tiles, (set) => {
    forEachElement(correlation.outputs, (i, p, value) => {
      for (let t = 0; t < tiles; t++) {
        set(tile * t + i, p * tiles + t, value)
      }
    })
  })
}

/**
 * `[points² · stride², kernel²]`: row (p, q, φ, ψ) gives point (p, q) of the kernel's phase (φ, ψ); the Kronecker
 * product of both axes' tap matrices.
 */
export function kernelMatrix(height: Axis, width: Axis): DenseMatrix {
  const rows = height.points * width.points * height.stride * width.stride
  return dense(rows, height.kernel * width.kernel, (set) => {
    forEachElement(height.correlation.taps, (p, i, vertical) => {
      forEachElement(width.correlation.taps, (q, j, horizontal) => {
        forEachPhase(height, width, i, j, (phase, tap) => {
          set((p * width.points + q) * height.stride * width.stride + phase, tap, vertical * horizontal)
        })
      })
    })
  })
}

/** Visits the taps stride·i + φ and stride·j + ψ that the kernel has. */
function forEachPhase(height: Axis, width: Axis, i: number, j: number, visit: (phase: number, tap: number) => void) {
  for (let phi = 0; phi < height.stride; phi++) {
    for (let psi = 0; psi < width.stride; psi++) {
      const [row, column] = [height.stride * i + phi, width.stride * j + psi]
      if (row < height.kernel && column < width.kernel) {
        visit(phi * width.stride + psi, row * width.kernel + column)
      }
    }
  }
}

export function transposed({ rows, columns, data }: DenseMatrix): DenseMatrix {
  const moved = new Float32Array(data.length)
  data.forEach((value, i) => {
    moved[(i % columns) * rows + Math.floor(i / columns)] = value
  })
  return { rows: columns, columns: rows, data: moved }
}
