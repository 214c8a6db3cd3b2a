import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { leftSingularVectors } from '../../src/main/latent/singularVectors'
import { rowOf } from '../../src/shared/latent/rowOf'
import { Random } from '../../src/shared/random/random'

const rows = 12
const columns = 40
const matrix = new Random(1, 'generate').normals(rows * columns)
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)

/** Aᵀu, plainly. */
const applied = (u: Float32Array) =>
  Array.from({ length: columns }, (_, column) =>
    dot(
      u,
      Array.from(u, (_, row) => matrix[row * columns + column]!)
    )
  )

describe('leftSingularVectors', () => {
  const { vectors, strengths } = leftSingularVectors(matrix, rows, rows)

  it('gives orthonormal directions', () => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        expect(dot(rowOf(vectors, i, rows), rowOf(vectors, j, rows))).toBeCloseTo(i === j ? 1 : 0, 5)
      }
    }
  })

  it('sorts them by singular value, which is the length of Aᵀu', () => {
    strengths.forEach((strength, i) => {
      const image = applied(rowOf(vectors, i, rows))
      expect(Math.sqrt(dot(image, image))).toBeCloseTo(strength, 4)
      expect(strength).toBeLessThanOrEqual(strengths[i - 1] ?? Number.POSITIVE_INFINITY)
    })
  })

  it('agrees with another algorithm, the decomposition of A itself', () => {
    const plain = Matrix.from1DArray(rows, columns, [...matrix])
    const { diagonal, leftSingularVectors: left } = new SingularValueDecomposition(plain, { autoTranspose: true })
    strengths.forEach((strength, i) => {
      expect(strength).toBeCloseTo(diagonal[i]!, 4)
      expect(Math.abs(dot(rowOf(vectors, i, rows), left.getColumn(i)))).toBeCloseTo(1, 4)
    })
  })

  it('gives only the strongest where fewer are asked for, the largest element of each positive', () => {
    const few = leftSingularVectors(matrix, rows, 3)
    expect(few.vectors).toEqual(vectors.slice(0, 3 * rows))
    for (let i = 0; i < rows; i++) {
      const vector = rowOf(vectors, i, rows)
      expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)))
    }
  })

  it('gives 0 for what a matrix does nothing with', () => {
    expect(leftSingularVectors(Float32Array.of(3, 0, 0, 0), 2, 2).strengths).toEqual([3, 0])
  })
})
