import type { Random } from '../../../shared/random/random'
import type { Planes } from './planes'

/** Side of a patch in pixels. */
export const patchSide = 7
const patchArea = patchSide * patchSide

/** Patches as rows: float32 `[count, channels · 49]`. */
export interface Patches {
  readonly data: Float32Array
  readonly count: number
  readonly length: number
}

/** `perPicture` patches of each picture, at places drawn uniformly among those where a whole patch fits. */
function cutPatches({ data, count, channels, side }: Planes, perPicture: number, random: Random): Patches {
  const length = channels * patchArea
  const patches = new Float32Array(count * perPicture * length)
  let to = 0
  for (let patch = 0; patch < count * perPicture; patch++) {
    const picture = Math.floor(patch / perPicture)
    const [top, left] = [random.integer(side - patchSide + 1), random.integer(side - patchSide + 1)]
    for (let channel = 0; channel < channels; channel++) {
      for (let y = 0; y < patchSide; y++) {
        const from = ((picture * channels + channel) * side + top + y) * side + left
        patches.set(data.subarray(from, from + patchSide), to)
        to += patchSide
      }
    }
  }
  return { data: patches, count: count * perPicture, length }
}

/** Shifts and scales each colour over all patches to mean 0 and deviation 1, in place; a colour without variance to 0. */
function normalize({ data, count, length }: Patches): void {
  for (let start = 0; start < length; start += patchArea) {
    let [sum, squares] = [0, 0]
    for (let patch = 0; patch < count; patch++) {
      for (let i = start; i < start + patchArea; i++) {
        sum += data[patch * length + i]!
      }
    }
    const mean = sum / (count * patchArea)
    for (let patch = 0; patch < count; patch++) {
      for (let i = start; i < start + patchArea; i++) {
        squares += (data[patch * length + i]! - mean) ** 2
      }
    }
    const deviation = Math.sqrt(squares / (count * patchArea))
    const scale = deviation > 0 ? 1 / deviation : 0
    for (let patch = 0; patch < count; patch++) {
      for (let i = start; i < start + patchArea; i++) {
        data[patch * length + i] = (data[patch * length + i]! - mean) * scale
      }
    }
  }
}

/**
 * Random 7×7 patches of all pictures of one level, each colour normalised over them (Karras et al. 2018, section 5).
 */
export function drawPatches(level: Planes, perPicture: number, random: Random): Patches {
  const patches = cutPatches(level, perPicture, random)
  normalize(patches)
  return patches
}
