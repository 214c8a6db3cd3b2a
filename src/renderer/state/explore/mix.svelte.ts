import type { StudioClient } from '../../../shared/contract/studio'
import { analogy } from '../../../shared/latent/arithmetic'
import type { ExploredRun } from './exploredRun.svelte'
import { LivePictures } from './livePictures.svelte'
import type { Picture } from './pictureSource'
import { randomSeed } from './randomSeed'
import { Slots } from './slots.svelte'

export const terms = ['A', 'B', 'C'] as const

/** A − B + C, and the picture that it makes. */
export class MixPlay {
  readonly #run: ExploredRun
  readonly slots: Slots
  readonly #result: LivePictures
  readonly #latent: Float32Array | null = $derived.by(() => {
    const [a, b, c] = this.slots.all.map(({ latent }) => latent)
    return a && b && c ? analogy(a, b, c) : null
  })

  constructor(client: StudioClient, run: ExploredRun) {
    this.#run = run
    this.slots = new Slots(client, run)
    this.#result = new LivePictures(client)
  }

  get latent(): Float32Array | null {
    return this.#latent
  }

  get picture(): Picture | null {
    return this.#result.at(0)
  }

  get problem(): unknown {
    return this.#result.problem ?? this.slots.problem
  }

  begin(): void {
    if (this.slots.all.length === 0) {
      this.slots.draw(2, terms.length)
    }
  }

  shuffle(): void {
    this.slots.draw(randomSeed(), terms.length)
  }

  /** Exchanges two terms. */
  swap(a: number, b: number): void {
    const [first, second] = [this.slots.all[a], this.slots.all[b]]
    if (first !== undefined && second !== undefined) {
      this.slots.put(a, second)
      this.slots.put(b, first)
    }
  }

  update(): void {
    this.slots.update()
    this.#result.want(this.#run.model, this.#latent)
  }

  clear(): void {
    this.slots.clear()
    this.#result.clear()
  }
}
