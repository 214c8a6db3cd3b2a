import type { StudioClient } from '../../../shared/contract/studio'
import type { ExploredRun } from './exploredRun.svelte'
import { LivePictures } from './livePictures.svelte'
import { joinLatents, type Picture } from './pictureSource'

/** A latent by its name. */
export interface NamedLatent {
  readonly latent: Float32Array
  readonly name: string
}

/** Latents in an order, each with its picture of the explored model. */
export class Slots {
  readonly #pictures: LivePictures
  readonly #run: ExploredRun
  #all: readonly NamedLatent[] = $state.raw([])

  constructor(client: StudioClient, run: ExploredRun) {
    this.#run = run
    this.#pictures = new LivePictures(client)
  }

  get all(): readonly NamedLatent[] {
    return this.#all
  }

  get problem(): unknown {
    return this.#pictures.problem
  }

  pictureOf(index: number): Picture | null {
    return this.#pictures.at(index)
  }

  put(index: number, named: NamedLatent): void {
    this.#all = this.#all.with(index, named)
  }

  add(named: NamedLatent): void {
    this.#all = [...this.#all, named]
  }

  remove(index: number): void {
    this.#all = this.#all.toSpliced(index, 1)
  }

  /** Takes the latent at `from` out and puts it in at `to`. */
  move(from: number, to: number): void {
    const moved = this.#all[from]
    if (moved !== undefined && to >= 0 && to < this.#all.length) {
      this.#all = this.#all.toSpliced(from, 1).toSpliced(to, 0, moved)
    }
  }

  /** `count` latents of a seed in the place of all. */
  draw(seed: number, count: number): void {
    this.#all = this.#run.draw(seed, count).map((latent, i) => ({ latent, name: `${seed}-${i + 1}` }))
  }

  /** Asks for the pictures of what is in now; to be called whenever that or the model may have changed. */
  update(): void {
    this.#pictures.want(this.#run.model, joinLatents(this.#all.map(({ latent }) => latent)))
  }

  clear(): void {
    this.#all = []
    this.#pictures.clear()
  }
}
