import type { RunConfiguration } from '../config/runConfiguration'
import type { Random } from '../random/random'

export type LatentDistribution = RunConfiguration['schedule']['latentDistribution']

/** The standard deviation of U(−√3, √3) is 1, as that of N(0, 1). */
const uniformBound = Math.sqrt(3)

/** `count` independent numbers of a latent, of mean 0 and variance 1: N(0, 1) or U(−√3, √3). */
export const drawLatents = (random: Random, distribution: LatentDistribution, count: number): Float32Array =>
  distribution === 'normal' ? random.normals(count) : random.uniforms(count, -uniformBound, uniformBound)
