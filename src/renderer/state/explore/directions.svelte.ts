import type { ExploredModel } from '../../../shared/contract/explore'
import type { StudioClient } from '../../../shared/contract/studio'
import { moveAlong } from '../../../shared/latent/arithmetic'
import { fromLatentBytes, toLatentBytes } from '../../../shared/latent/latentBytes'
import { LatestOnly } from '../latestOnly'
import type { ExploredRun } from './exploredRun.svelte'
import { LivePictures } from './livePictures.svelte'
import { joinLatents, type Picture, splitLatents } from './pictureSource'
import { Slots } from './slots.svelte'

export const directionKinds = ['first-layer', 'features', 'saved'] as const
export type DirectionKind = (typeof directionKinds)[number]

/** A slider goes from −reach to +reach, in standard deviations of the latents. */
export const reach = 4
/** Where the pictures of a strip stand. */
export const stripAmounts = [-3, -1.5, 0, 1.5, 3] as const
/** So many directions are shown. */
const shownAtMost = 8

/** A unit vector of latent space. */
export interface Direction {
  /** Of a saved one. */
  readonly id: string | null
  /** Null while the user gave it none. */
  readonly name: string | null
  readonly vector: Float32Array
}

interface Wish {
  readonly model: ExploredModel
  readonly kind: DirectionKind
  readonly latentSize: number
}

/** A latent moved along directions, each by its slider. */
export class DirectionsPlay {
  readonly #client: StudioClient
  readonly #run: ExploredRun
  readonly base: Slots
  readonly #find: LatestOnly<Wish, readonly Direction[]>
  readonly #strips: LivePictures
  readonly #result: LivePictures
  #kind: DirectionKind = $state('first-layer')
  #all: readonly Direction[] = $state.raw([])
  #amounts: readonly number[] = $state.raw([])
  #isFinding = $state(false)
  #findProblem: unknown = $state.raw(null)
  readonly #latent: Float32Array | null = $derived.by(() => {
    const base = this.base.all[0]
    const moves = this.#all.map(({ vector: direction }, i) => ({ direction, amount: this.#amounts[i] ?? 0 }))
    return base === undefined ? null : moveAlong(base.latent, moves)
  })

  constructor(client: StudioClient, run: ExploredRun) {
    this.#client = client
    this.#run = run
    this.base = new Slots(client, run)
    this.#strips = new LivePictures(client)
    this.#result = new LivePictures(client, { live: true })
    this.#find = new LatestOnly({
      ask: (wish: Wish) => this.#ask(wish),
      onAnswer: (directions) => this.#show(directions, null),
      onProblem: (error) => this.#show([], error)
    })
  }

  get kind(): DirectionKind {
    return this.#kind
  }

  /** Strongest first. */
  get all(): readonly Direction[] {
    return this.#all
  }

  get isFinding(): boolean {
    return this.#isFinding
  }

  get problem(): unknown {
    return this.#findProblem ?? this.#strips.problem ?? this.#result.problem ?? this.base.problem
  }

  /** The moved latent. */
  get latent(): Float32Array | null {
    return this.#latent
  }

  /** Picture of the moved latent. */
  get picture(): Picture | null {
    return this.#result.at(0)
  }

  stripPicture(place: number, index: number): Picture | null {
    return this.#strips.at(place * stripAmounts.length + index)
  }

  amountOf(place: number): number {
    return this.#amounts[place] ?? 0
  }

  setAmount(place: number, amount: number): void {
    this.#amounts = this.#all.map((_, i) => (i === place ? amount : this.amountOf(i)))
  }

  reset(): void {
    this.#amounts = []
  }

  choose(kind: DirectionKind): void {
    this.#kind = kind
  }

  begin(): void {
    if (this.base.all.length === 0) {
      this.base.draw(0, 1)
    }
  }

  /** Looks for the directions of the model; to be called whenever that or the kind may have changed. */
  find(): void {
    const { model, facts } = this.#run
    if (model !== null && facts !== null) {
      this.#isFinding = true
      this.#find.want({ model, kind: this.#kind, latentSize: facts.latentSize })
    }
  }

  /** Asks for what is shown of the directions and of the moved latent. */
  updateStrips(): void {
    this.base.update()
    const latent = this.base.all[0]?.latent
    if (latent !== undefined && this.#all.length > 0) {
      const rows = this.#all.flatMap(({ vector: direction }) =>
        stripAmounts.map((amount) => moveAlong(latent, [{ direction, amount }]))
      )
      this.#strips.want(this.#run.model, joinLatents(rows))
    }
  }

  updateResult(): void {
    this.#result.want(this.#run.model, this.#latent)
  }

  /** Gives a direction a name; that of a saved one is kept at once. */
  async rename(place: number, name: string): Promise<void> {
    const direction = this.#all[place]
    if (direction === undefined || name.trim() === '') {
      return
    }
    if (direction.id !== null) {
      await this.#client.call('explore/renameDirection', { id: direction.id, name })
    }
    this.#all = this.#all.with(place, { ...direction, name })
  }

  /** Keeps a direction under its name, for all models of latents of this size. */
  async save(place: number, name: string): Promise<void> {
    const direction = this.#all[place]
    const run = this.#run.id
    if (direction !== undefined && run !== null) {
      await this.#client.call('explore/saveDirection', { run, vector: toLatentBytes(direction.vector), name })
    }
  }

  /** Takes a saved direction away; resolves to what brings it back. */
  async forget(place: number): Promise<(() => Promise<void>) | null> {
    const id = this.#all[place]?.id ?? null
    if (id === null) {
      return null
    }
    await this.#client.call('explore/removeDirection', { id })
    this.find()
    return async () => {
      await this.#client.call('explore/restoreDirection', { id })
      this.find()
    }
  }

  retry(): void {
    this.find()
    this.updateStrips()
    this.updateResult()
  }

  clear(): void {
    this.#find.forget()
    this.#all = []
    this.#amounts = []
    this.#findProblem = null
    this.base.clear()
    this.#strips.clear()
    this.#result.clear()
  }

  async #ask({ model, kind, latentSize }: Wish): Promise<readonly Direction[]> {
    if (kind === 'saved') {
      const { directions } = await this.#client.call('explore/savedDirections')
      return directions.flatMap(({ id, name, vector }) => {
        const values = fromLatentBytes(vector, vector.byteLength / Float32Array.BYTES_PER_ELEMENT, name)
        return values.length === latentSize ? { id, name, vector: values } : []
      })
    }
    const { vectors } = await this.#client.call('explore/directions', { model, method: kind, count: shownAtMost })
    return splitLatents(fromLatentBytes(vectors, latentSize), latentSize).map((vector) => ({
      id: null,
      name: null,
      vector
    }))
  }

  #show(directions: readonly Direction[], problem: unknown): void {
    this.#isFinding = false
    this.#findProblem = problem
    this.#all = directions
    this.#amounts = []
  }
}
