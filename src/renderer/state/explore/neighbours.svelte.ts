import type { Params, StudioClient } from '../../../shared/contract/studio'
import { type Picture, pictureAt } from './pictureSource'

export const distances = ['pyramid', 'pixels'] as const satisfies readonly Params<'explore/neighbours'>['distance'][]
export type Distance = (typeof distances)[number]

/** A training picture beside one that was made. */
export interface NeighbourPicture {
  readonly picture: Picture
  readonly distance: number
  /** Whether its mirror image is the one that is near. */
  readonly mirrored: boolean
}

const neighboursEach = 6

/** The training pictures that are nearest to pictures, asked for once each: every search reads all of them. */
export class Neighbours {
  readonly #client: StudioClient
  readonly #known = new WeakMap<Uint8Array, Map<Distance, Promise<readonly NeighbourPicture[]>>>()
  distance: Distance = $state('pyramid')

  constructor(client: StudioClient) {
    this.#client = client
  }

  /** The neighbours of a picture among those that the run learns from, nearest first. */
  of(run: string, { pixels }: Picture): Promise<readonly NeighbourPicture[]> {
    const { distance } = this
    const known = this.#known.get(pixels) ?? new Map<Distance, Promise<readonly NeighbourPicture[]>>()
    this.#known.set(pixels, known)
    const found = known.get(distance) ?? this.#find(run, pixels, distance)
    known.set(distance, found)
    // What failed is asked again the next time.
    found.catch(() => known.delete(distance))
    return found
  }

  async #find(run: string, pixels: Uint8Array, distance: Distance): Promise<readonly NeighbourPicture[]> {
    const { neighbours, pictures } = await this.#client.call('explore/neighbours', {
      run,
      pixels,
      distance,
      count: neighboursEach
    })
    return (neighbours[0] ?? []).map(({ distance: apart, mirrored }, i) => ({
      picture: pictureAt(pictures, i),
      distance: apart,
      mirrored
    }))
  }
}
