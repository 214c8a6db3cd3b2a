import { type Scores, scoreNames } from '../../../shared/checkpoints/scores'
import { Random } from '../../../shared/random/random'
import { laplacianPyramid } from './laplacianPyramid'
import { meanPairSimilarity } from './msSsim'
import { drawPatches, patchSide } from './patches'
import { type Pictures, planesOf } from './planes'
import { drawDirections, slicedWasserstein, sortedProjections } from './slicedWasserstein'

/** So many patches of a level are compared at most, and so many of one picture (Karras et al. take 128). */
const patchesPerLevel = 8192
const patchesPerPicture = 128
const directionsPerLevel = 128

/** Pictures of each kind that are compared, where there are so many. */
const picturesCompared = 256
/** A pair of each of two kinds of real pictures. */
const fewestReal = 4

/**
 * How many pictures of each kind to compare where there are so many real ones, which are halved for the floor; 0 where
 * there are too few to say anything.
 */
export const comparedCount = (realCount: number): number =>
  realCount < fewestReal ? 0 : Math.min(picturesCompared, Math.floor(realCount / 2))

/** What is known of a set of pictures. */
interface Measured {
  /** Sorted projections at each level of the pyramid, finest first. */
  readonly levels: readonly (readonly Float32Array[])[]
  readonly msssim: number
}

function measure(pictures: Pictures, seed: number): Measured {
  const planes = planesOf(pictures)
  const perPicture = Math.max(1, Math.min(patchesPerPicture, Math.floor(patchesPerLevel / pictures.count)))
  const levels = laplacianPyramid(planes).map((level, index) => {
    // The same directions for all sets: what differs between two scores is the pictures alone.
    const length = level.channels * patchSide * patchSide
    const directions = drawDirections(directionsPerLevel, length, new Random(seed, 'scoreDirections', index))
    const patches = drawPatches(level, perPicture, new Random(seed, 'scorePatches', index))
    return sortedProjections(patches, directions)
  })
  return { levels, msssim: meanPairSimilarity(planes) }
}

/** Mean over the levels. */
const distanceBetween = (a: Measured, b: Measured): number =>
  a.levels.reduce((sum, projections, level) => sum + slicedWasserstein(projections, b.levels[level]!), 0) /
  a.levels.length

/** What generated pictures are compared with. */
export interface RealReference {
  readonly measured: Measured
  /** The floor and the diversity of the real pictures themselves, by their names. */
  readonly scores: Scores
}

/**
 * Measures real pictures once.
 *
 * @param pictures an even number, in random order; the second half gives the floor
 * @param seed decides places and directions
 */
export function measureReal(pictures: Pictures, seed: number): RealReference {
  const count = pictures.count >> 1
  const bytes = count * pictures.size * pictures.size * pictures.channels
  const measured = measure({ ...pictures, count, pixels: pictures.pixels.subarray(0, bytes) }, seed)
  const others = measure({ ...pictures, count, pixels: pictures.pixels.subarray(bytes, 2 * bytes) }, seed)
  return {
    measured,
    scores: {
      [scoreNames.swdReal]: distanceBetween(measured, others),
      [scoreNames.msssimReal]: (measured.msssim + others.msssim) / 2
    }
  }
}

/**
 * The scores of generated pictures by their names, those of the real ones beside them.
 *
 * @param pictures as many as each half of the real ones
 */
export function scorePictures(pictures: Pictures, reference: RealReference, seed: number): Scores {
  const measured = measure(pictures, seed)
  return {
    [scoreNames.swd]: distanceBetween(measured, reference.measured),
    [scoreNames.msssim]: measured.msssim,
    ...reference.scores
  }
}
