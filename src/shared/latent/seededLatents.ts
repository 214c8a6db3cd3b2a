import { Random } from '../random/random'
import { drawLatents, type LatentDistribution } from './drawLatents'

/** A part of the endless sequence of latents that a seed stands for. */
export interface LatentRange {
  readonly seed: number
  /** Index of the first one. */
  readonly first: number
  readonly count: number
  readonly latentSize: number
  /** What the run draws from; see `drawLatents`. */
  readonly distribution: LatentDistribution
}

/**
 * The latents of a range, `[count, latentSize]`: that of an index is the same in whichever range it is asked for, so that a
 * larger count only adds to them.
 */
export function seededLatents({ seed, first, count, latentSize, distribution }: LatentRange): Float32Array {
  const latents = new Float32Array(count * latentSize)
  for (let i = 0; i < count; i++) {
    latents.set(drawLatents(new Random(seed, 'generate', first + i), distribution, latentSize), i * latentSize)
  }
  return latents
}
