import { rowOf } from '../../../shared/latent/rowOf'
import { checkCancelled } from '../../data/checkCancelled'
import { mirror } from '../../data/pictures/mirror'
import type { PictureStore } from '../../data/pictures/openPictures'
import { pyramidFeatures } from '../../metrics/laplacianPyramid'
import type { PictureBatch } from '../../train/sampler'

/**
 * pixels: root of the mean square difference of the bytes, 0 … 255 · pyramid: the same over the scales of a Laplacian
 * pyramid, see `pyramidFeatures`.
 */
export type NeighbourDistance = 'pixels' | 'pyramid'

/** A picture that a run learns from, beside a given one. */
export interface Neighbour {
  /** Position in the import. */
  readonly index: number
  readonly distance: number
  /** Whether its mirror image is the one that is near. */
  readonly mirrored: boolean
  /** Name of its class; null where there are none. */
  readonly label: string | null
}

export interface NeighbourOptions {
  readonly distance: NeighbourDistance
  /** Neighbours of each picture. */
  readonly count: number
  /** Whether mirror images count, as where a run shows its pictures mirrored too. */
  readonly mirrored: boolean
}

export interface NeighbourHooks {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined
}

type Shape = Pick<PictureBatch, 'size' | 'channels'>

/** Vectors whose Euclidean distance is the distance of pictures. */
const featuresOf: { readonly [D in NeighbourDistance]: (pixels: Uint8Array, shape: Shape) => Float32Array } = {
  pixels: (pixels) => {
    const scale = 1 / Math.sqrt(pixels.length)
    return Float32Array.from(pixels, (byte) => scale * byte)
  },
  pyramid: pyramidFeatures
}

/** Square of the Euclidean distance, or something above `limit` as soon as it is known to be. */
function squareDistance(a: Float32Array, b: Float32Array, limit: number): number {
  let sum = 0
  for (let start = 0; start < a.length && sum <= limit; start += 256) {
    const end = Math.min(a.length, start + 256)
    for (let i = start; i < end; i++) {
      sum += (a[i]! - b[i]!) ** 2
    }
  }
  return sum
}

/** The nearest so far, nearest first. */
class Nearest {
  readonly #found: (Omit<Neighbour, 'label' | 'distance'> & { readonly square: number })[] = []
  readonly #features: Float32Array
  readonly #count: number

  constructor(features: Float32Array, count: number) {
    this.#features = features
    this.#count = count
  }

  offer(index: number, isMirrored: boolean, features: Float32Array): void {
    const limit = this.#found.length < this.#count ? Number.POSITIVE_INFINITY : this.#found.at(-1)!.square
    const square = squareDistance(this.#features, features, limit)
    const own = this.#found.findIndex((found) => found.index === index)
    if (square >= limit || (own >= 0 && this.#found[own]!.square <= square)) {
      return
    }
    if (own >= 0) {
      this.#found.splice(own, 1)
    }
    const place = this.#found.findIndex((found) => square < found.square)
    this.#found.splice(place < 0 ? this.#found.length : place, 0, { index, mirrored: isMirrored, square })
    this.#found.length = Math.min(this.#found.length, this.#count)
  }

  result({ manifest, labels }: PictureStore): Neighbour[] {
    return this.#found.map(({ index, mirrored, square }) => ({
      index,
      mirrored,
      distance: Math.sqrt(square),
      label: manifest.classes[labels[index]!]?.name ?? null
    }))
  }
}

/** So many bytes of pictures are compared between two reads, in which the process answers others: some 30 milliseconds. */
const blockBytes = 1 << 17

/**
 * The pictures of an import that are nearest to given ones, nearest first: is the model copying? All of the import is read,
 * block by block.
 *
 * @returns for each picture its neighbours
 * @throws Cancelled
 */
export async function findNeighbours(
  pictures: PictureBatch,
  store: PictureStore,
  { distance, count, mirrored }: NeighbourOptions,
  { signal, onProgress }: NeighbourHooks = {}
): Promise<Neighbour[][]> {
  const { size, channels } = pictures
  const bytes = size * size * channels
  const features = (pixels: Uint8Array) => featuresOf[distance](pixels, { size, channels })
  const nearest = Array.from(
    { length: pictures.count },
    (_, i) => new Nearest(features(rowOf(pictures.pixels, i, bytes)), count)
  )
  const offer = (index: number, isMirrored: boolean, pixels: Uint8Array) => {
    const own = features(pixels)
    for (const one of nearest) {
      one.offer(index, isMirrored, own)
    }
  }
  const total = store.manifest.count
  const block = Math.max(1, Math.floor(blockBytes / bytes))
  for (let first = 0; first < total; first += block) {
    const length = Math.min(block, total - first)
    const pixels = new Uint8Array(length * bytes)
    await store.read(
      Uint32Array.from({ length }, (_, i) => first + i),
      pixels
    )
    checkCancelled(signal)
    for (let i = 0; i < length; i++) {
      const picture = rowOf(pixels, i, bytes)
      offer(first + i, false, picture)
      if (mirrored) {
        mirror(picture, size, channels)
        offer(first + i, true, picture)
      }
    }
    onProgress?.({ done: first + length, total })
  }
  return nearest.map((one) => one.result(store))
}
