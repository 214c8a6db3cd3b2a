import { Random } from '../random/random'

/** z of picture `index` of a seed: N(0, 1) in each element, the same however many pictures are made. `[latentSize]` */
export const latentOf = (seed: number, index: number, latentSize: number): Float32Array =>
  new Random(seed, 'generate', index).normals(latentSize)

/** A part of the endless sequence of latents that a seed stands for. */
export interface LatentRange {
  readonly seed: number
  /** Index of the first one. */
  readonly first: number
  readonly count: number
  readonly latentSize: number
}

/** The latents of a range, `[count, latentSize]`: see `latentOf`. */
export function gaussianLatents({ seed, first, count, latentSize }: LatentRange): Float32Array {
  const latents = new Float32Array(count * latentSize)
  for (let i = 0; i < count; i++) {
    latents.set(latentOf(seed, first + i, latentSize), i * latentSize)
  }
  return latents
}
