import type { Random } from '../../../shared/random/random'
import type { Patches } from './patches'

/** Unit vectors as rows: float32 `[count, length]`. */
export interface Directions {
  readonly data: Float32Array
  readonly count: number
  readonly length: number
}

/** `count` directions, uniform on the sphere of `length` dimensions. */
export function drawDirections(count: number, length: number, random: Random): Directions {
  const data = random.normals(count * length)
  for (let direction = 0; direction < count; direction++) {
    const row = data.subarray(direction * length, (direction + 1) * length)
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
    row.forEach((value, i) => {
      row[i] = value / norm
    })
  }
  return { data, count, length }
}

/** Along each direction the sorted dot products with all patches: `count` arrays as long as there are patches. */
export function sortedProjections(patches: Patches, directions: Directions): Float32Array[] {
  return Array.from({ length: directions.count }, (_, direction) => {
    const row = directions.data.subarray(direction * directions.length, (direction + 1) * directions.length)
    return project(patches, row).sort()
  })
}

function project({ data, count, length }: Patches, direction: Float32Array): Float32Array {
  const projected = new Float32Array(count)
  for (let patch = 0; patch < count; patch++) {
    const from = patch * length
    let sum = 0
    for (let i = 0; i < length; i++) {
      sum += data[from + i]! * direction[i]!
    }
    projected[patch] = sum
  }
  return projected
}

/**
 * The sliced Wasserstein-1 distance of two sets of equally many patches · 10³: the mean over directions of the mean
 * difference of projections of equal rank (Rabin et al. 2011; the factor as in Karras et al. 2018).
 */
export function slicedWasserstein(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let sum = 0
  for (const [direction, sorted] of a.entries()) {
    const other = b[direction]!
    let distance = 0
    for (let rank = 0; rank < sorted.length; rank++) {
      distance += Math.abs(sorted[rank]! - other[rank]!)
    }
    sum += distance / sorted.length
  }
  return (1000 * sum) / a.length
}
