import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Directions of a space, strongest first. */
export interface Directions {
  /** Orthonormal rows, `[count, dimensions]`. */
  readonly vectors: Float32Array
  /** The singular value of each, `[count]`, descending. */
  readonly strengths: readonly number[]
}

/** A·Aᵀ for A [rows, columns], in double precision. */
function gramOf(matrix: Float32Array, rows: number): Matrix {
  const columns = matrix.length / rows
  const gram = Matrix.zeros(rows, rows)
  for (let i = 0; i < rows; i++) {
    const a = matrix.subarray(i * columns, (i + 1) * columns)
    for (let j = 0; j <= i; j++) {
      const b = matrix.subarray(j * columns, (j + 1) * columns)
      let sum = 0
      for (let k = 0; k < columns; k++) {
        sum += a[k]! * b[k]!
      }
      gram.set(i, j, sum)
      gram.set(j, i, sum)
    }
  }
  return gram
}

/** v or −v, whichever has its largest element positive, so that a direction is the same whenever it is computed. */
function withFixedSign(vector: readonly number[]): readonly number[] {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
  return largest < 0 ? vector.map((value) => -value) : vector
}

/**
 * The left singular vectors u of A with the largest singular values σ: Aᵀu has the norm σ. They are the eigenvectors of
 * A·Aᵀ, whose eigenvalues are σ².
 *
 * @param matrix A, [rows, columns] row by row, of rows ≤ columns or few rows
 * @param count at most `rows`
 * @returns vectors [count, rows]
 */
export function leftSingularVectors(matrix: Float32Array, rows: number, count: number): Directions {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gramOf(matrix, rows), {
    assumeSymmetric: true
  })
  const order = realEigenvalues
    .map((value, column) => ({ value, column }))
    .sort((a, b) => b.value - a.value)
    .slice(0, count)
  return {
    vectors: Float32Array.from(order.flatMap(({ column }) => withFixedSign(eigenvectorMatrix.getColumn(column)))),
    // Rounding makes some zeros negative.
    strengths: order.map(({ value }) => Math.sqrt(Math.max(0, value)))
  }
}
