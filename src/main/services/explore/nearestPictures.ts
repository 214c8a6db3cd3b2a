import { KwiatError } from '../../../shared/errors'
import { rowOf } from '../../../shared/latent/rowOf'
import { mirror } from '../../data/pictures/mirror'
import type { PictureStore } from '../../data/pictures/openPictures'
import type { PictureBatch } from '../../train/sampler'
import { findNeighbours, type Neighbour, type NeighbourHooks, type NeighbourOptions } from './neighbours'
import { openRunPictures } from './runPictures'

export interface NearestPictures {
  /** For each of the given pictures, nearest first. */
  readonly neighbours: Neighbour[][]
  /** The neighbours' pictures, those of the first picture first; mirrored where the mirror image is near. */
  readonly pictures: PictureBatch
}

/**
 * The pictures that a run learns from which are nearest to given ones.
 *
 * @param run path of the run's folder, or of a checkpoint in it
 * @param pixels bytes [count, size, size, channels]
 * @throws KwiatError `picture-unreadable` for pictures of another size; see `openRunPictures`
 * @throws Cancelled
 */
export async function nearestPictures(
  run: string,
  pixels: Uint8Array,
  options: Pick<NeighbourOptions, 'distance' | 'count'>,
  hooks: NeighbourHooks = {}
): Promise<NearestPictures> {
  const { store, mirrored } = await openRunPictures(run, hooks.signal)
  try {
    const { size, channels } = store.manifest.options
    const count = pixels.length / (size * size * channels)
    if (count === 0 || !Number.isInteger(count)) {
      throw new KwiatError('picture-unreadable', {
        who: 'pictures to compare',
        expected: `${size} × ${size} pixels of ${channels} ${channels === 1 ? 'channel' : 'channels'} each`,
        actual: `${pixels.length} bytes`,
        todo: 'compare pictures of this run’s models'
      })
    }
    const neighbours = await findNeighbours({ pixels, count, size, channels }, store, { ...options, mirrored }, hooks)
    return { neighbours, pictures: await picturesOf(neighbours.flat(), store) }
  } finally {
    await store.close()
  }
}

async function picturesOf(neighbours: readonly Neighbour[], store: PictureStore): Promise<PictureBatch> {
  const { size, channels } = store.manifest.options
  const pixels = new Uint8Array(neighbours.length * size * size * channels)
  await store.read(
    Uint32Array.from(neighbours, ({ index }) => index),
    pixels
  )
  neighbours.forEach((neighbour, i) => {
    if (neighbour.mirrored) {
      mirror(rowOf(pixels, i, size * size * channels), size, channels)
    }
  })
  return { pixels, count: neighbours.length, size, channels }
}
