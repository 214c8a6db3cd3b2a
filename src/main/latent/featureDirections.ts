import { normOf } from '../../shared/latent/interpolate'
import { rowOf } from '../../shared/latent/rowOf'
import { type Directions, leftSingularVectors } from './singularVectors'

/** Takes from each column of X [rows, columns] its mean, in place. */
function centre(matrix: Float32Array, rows: number): void {
  const columns = matrix.length / rows
  const sums = new Float64Array(columns)
  matrix.forEach((value, i) => {
    sums[i % columns]! += value
  })
  matrix.forEach((value, i) => {
    matrix[i] = value - sums[i % columns]! / rows
  })
}

/** Below this share of its length, a direction lies within those before it. */
const dependentBelow = 1e-3

/** The vector made perpendicular to unit vectors and of length 1; null when it lies within them. */
function perpendicular(vector: Float32Array, others: readonly Float32Array[]): Float32Array | null {
  const rest = others.reduce((left, other) => {
    const along = left.reduce((sum, value, i) => sum + value * other[i]!, 0)
    return left.map((value, i) => value - along * other[i]!)
  }, vector)
  const norm = normOf(rest)
  return norm < dependentBelow * normOf(vector) ? null : rest.map((value) => value / norm)
}

/**
 * Latent directions along which what a network computes varies most (GANSpace, Härkönen et al. 2020, section 3.2): the
 * principal components of features are found, and each is carried over to the latents by least squares: z ≈ Σ u · direction
 * for the component's coordinates u. They are made perpendicular to each other in their order, so that sliders don't undo
 * one another.
 *
 * @param latents Z, [samples, latentSize]
 * @param features X, [samples, …]; is changed
 * @returns at most `count` directions; fewer where features depend on fewer. Strengths are the components' singular values
 */
export function featureDirections(
  latents: Float32Array,
  features: Float32Array,
  samples: number,
  count: number
): Directions {
  const latentSize = latents.length / samples
  centre(features, samples)
  const components = leftSingularVectors(features, samples, Math.min(count, latentSize, samples))
  const directions: Float32Array[] = []
  const strengths: number[] = []
  components.strengths.forEach((strength, index) => {
    const coordinates = rowOf(components.vectors, index, samples)
    const carried = new Float32Array(latentSize)
    coordinates.forEach((coordinate, sample) => {
      rowOf(latents, sample, latentSize).forEach((value, i) => {
        carried[i]! += coordinate * value
      })
    })
    const direction = perpendicular(carried, directions)
    if (direction !== null && strength > 0) {
      directions.push(direction)
      strengths.push(strength)
    }
  })
  const vectors = new Float32Array(directions.length * latentSize)
  directions.forEach((direction, i) => {
    vectors.set(direction, i * latentSize)
  })
  return { vectors, strengths }
}
