import type { Result, StudioClient } from '../../../shared/contract/studio'
import { fromLatentBytes, toLatentBytes } from '../../../shared/latent/latentBytes'
import type { Facts } from './exploredRun.svelte'
import type { MadePicture, Picture } from './pictureSource'

/** A picture that was kept, with its latent. */
export interface Favourite extends MadePicture {
  readonly id: string
  /** What its run was called when it was kept. */
  readonly runName: string
  /** Whether its checkpoint is gone, so that only the picture is left. */
  readonly isGone: boolean
  readonly png: Uint8Array
}

type KeptFavourite = Result<'explore/addFavourite'>['favourite']
type Decode = (png: Uint8Array) => Promise<Picture>

const floatBytes = 4

async function toFavourite({ latent, png, run, step, weights, ...rest }: KeptFavourite, decode: Decode) {
  const { id, name, runName, isGone } = rest
  const values = fromLatentBytes(latent, latent.byteLength / floatBytes, name)
  return { ...(await decode(png)), latent: values, model: { run, step, weights }, id, name, runName, isGone, png }
}

/** Same latent, same weights: the same picture. */
const keyOf = ({ model: { run, step, weights }, latent }: Pick<MadePicture, 'model' | 'latent'>): string =>
  `${run}/${step}/${weights}/${latent.join()}`

/** The pictures that the user kept, of all runs, newest first. */
export class Favourites {
  readonly #client: StudioClient
  readonly #decode: Decode
  #all: readonly Favourite[] = $state.raw([])
  readonly #ids = $derived(new Map(this.#all.map((favourite) => [keyOf(favourite), favourite])))

  /** @param decode makes the pixels of a PNG */
  constructor(client: StudioClient, decode: Decode) {
    this.#client = client
    this.#decode = decode
  }

  async load(): Promise<void> {
    const { favourites } = await this.#client.call('explore/favourites')
    this.#all = await Promise.all(favourites.map((favourite) => toFavourite(favourite, this.#decode)))
  }

  get all(): readonly Favourite[] {
    return this.#all
  }

  /** Those whose latents the explored generator takes. */
  fitting(facts: Facts | null): readonly Favourite[] {
    return facts === null ? [] : this.#all.filter(({ latent }) => latent.length === facts.latentSize)
  }

  has(picture: MadePicture | null): boolean {
    return this.find(picture) !== null
  }

  /** The favourite that is this picture. */
  find(picture: MadePicture | null): Favourite | null {
    return picture === null ? null : (this.#ids.get(keyOf(picture)) ?? null)
  }

  /** Keeps a picture; it is on the disk when this resolves. */
  async keep({ model, latent, name }: Pick<MadePicture, 'model' | 'latent' | 'name'>): Promise<void> {
    const { favourite } = await this.#client.call('explore/addFavourite', {
      model,
      latent: toLatentBytes(latent),
      name
    })
    this.#put(await toFavourite(favourite, this.#decode))
  }

  async rename({ id }: Favourite, name: string): Promise<void> {
    await this.#client.call('explore/renameFavourite', { id, name })
    this.#all = this.#all.map((favourite) => (favourite.id === id ? { ...favourite, name } : favourite))
  }

  async remove({ id }: Favourite): Promise<void> {
    await this.#client.call('explore/removeFavourite', { id })
    this.#all = this.#all.filter((favourite) => favourite.id !== id)
  }

  /** Takes back that one was removed. */
  async restore(favourite: Favourite): Promise<void> {
    await this.#client.call('explore/restoreFavourite', { id: favourite.id })
    await this.load()
  }

  #put(favourite: Favourite): void {
    this.#all = [favourite, ...this.#all]
  }
}
