import type { ExploredModel } from '../../../shared/contract/explore'
import type { StudioClient } from '../../../shared/contract/studio'
import { seededLatents } from '../../../shared/latent/seededLatents'
import { truncate } from '../../../shared/latent/truncate'
import type { ExploredRun } from './exploredRun.svelte'
import { drawPictures, type MadePicture, type Picture, pictureAt } from './pictureSource'
import { randomSeed } from './randomSeed'

/** Pictures of one call: few enough to be there at once, so that a newer wish waits for no more. */
const chunk = 32
const wallAtMost = 1024

/** What a wall shows. */
interface WallWish {
  readonly model: ExploredModel
  readonly seed: number
  readonly psi: number
  readonly count: number
  /** `[count, latentSize]`, truncated. */
  readonly latents: Float32Array
  readonly latentSize: number
}

const isSameSeries = (a: WallWish | null, b: WallWish): boolean =>
  a !== null && a.model === b.model && a.seed === b.seed && a.psi === b.psi

/**
 * A wall of the pictures of a seed. It is drawn chunk by chunk, one call at a time; a change begins anew at the first
 * picture, the old ones staying until theirs are there. A larger count only adds to them.
 */
export class Wall {
  readonly #client: StudioClient
  readonly #run: ExploredRun
  #seed = $state(0)
  #psi = $state(1)
  #count = $state(64)
  #pictures: readonly Picture[] = $state.raw([])
  #problem: unknown = $state.raw(null)
  #isDrawing = $state(false)
  /** What is asked for, and how many of its pictures are there. */
  #wish: WallWish | null = null
  #drawn = 0
  #isPumping = false

  constructor(client: StudioClient, run: ExploredRun) {
    this.#client = client
    this.#run = run
  }

  get seed(): number {
    return this.#seed
  }

  /** ψ of the truncation, 0 … 1.5. */
  get psi(): number {
    return this.#psi
  }

  get count(): number {
    return this.#count
  }

  get pictures(): readonly Picture[] {
    return this.#pictures
  }

  get problem(): unknown {
    return this.#problem
  }

  /** Pictures are on their way. */
  get isDrawing(): boolean {
    return this.#isDrawing
  }

  setSeed(seed: number): void {
    this.#seed = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(seed) || 0))
  }

  newSeed(): void {
    this.#seed = randomSeed()
  }

  setPsi(psi: number): void {
    this.#psi = psi
  }

  setCount(count: number): void {
    this.#count = Math.min(wallAtMost, Math.max(1, Math.floor(count) || 1))
  }

  /** Draws what is chosen now; to be called whenever that may have changed. */
  update(): void {
    const wish = this.#wishNow()
    if (wish === null) {
      return
    }
    if (!isSameSeries(this.#wish, wish)) {
      this.#drawn = 0
    }
    this.#wish = wish
    void this.#pump()
  }

  /** Tries again what failed. */
  retry(): void {
    this.#problem = null
    void this.#pump()
  }

  clear(): void {
    this.#wish = null
    this.#drawn = 0
    this.#pictures = []
    this.#problem = null
  }

  /** Picture `index` with its latent; null until it is drawn. */
  at(index: number): MadePicture | null {
    const picture = this.#pictures[index]
    const wish = this.#wish
    if (picture === undefined || wish === null || index >= this.#drawn) {
      return null
    }
    const { latentSize, latents, model, seed } = wish
    const latent = latents.slice(index * latentSize, (index + 1) * latentSize)
    return { ...picture, latent, model, name: `${seed}-${index + 1}` }
  }

  /** The latents of the wall, `[count, latentSize]`. */
  get latents(): Float32Array {
    return this.#wishNow()?.latents ?? new Float32Array()
  }

  #wishNow(): WallWish | null {
    const { model, facts } = this.#run
    if (model === null || facts === null) {
      return null
    }
    const { latentSize, latentDistribution: distribution } = facts
    const [seed, psi, count] = [this.#seed, this.#psi, this.#count]
    const latents = truncate(seededLatents({ seed, first: 0, count, latentSize, distribution }), psi)
    return { model, seed, psi, count, latents, latentSize }
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) {
      return
    }
    this.#isPumping = true
    this.#isDrawing = true
    try {
      while (this.#wish !== null && this.#drawn < this.#wish.count) {
        await this.#drawChunk(this.#wish, this.#drawn)
      }
      this.#cut()
      this.#problem = null
    } catch (error) {
      this.#problem = error
    } finally {
      this.#isPumping = false
      this.#isDrawing = false
    }
  }

  async #drawChunk(wish: WallWish, from: number): Promise<void> {
    const to = Math.min(from + chunk, wish.count)
    const latents = wish.latents.subarray(from * wish.latentSize, to * wish.latentSize)
    let pictures: Awaited<ReturnType<typeof drawPictures>>
    try {
      pictures = await drawPictures(this.#client, wish.model, latents)
    } catch (error) {
      // What failed for an old wish says nothing about the new one.
      if (this.#wish !== null && !isSameSeries(this.#wish, wish)) {
        return
      }
      throw error
    }
    // A newer wish makes these pictures old ones.
    if (isSameSeries(this.#wish, wish)) {
      const drawn = Array.from({ length: to - from }, (_, i) => pictureAt(pictures, i))
      this.#pictures = [...this.#pictures.slice(0, from), ...drawn, ...this.#pictures.slice(to)]
      this.#drawn = to
    }
  }

  /** A smaller wall shows no rest of the larger one. */
  #cut(): void {
    const count = this.#wish?.count ?? 0
    if (this.#pictures.length > count) {
      this.#pictures = this.#pictures.slice(0, count)
      this.#drawn = Math.min(this.#drawn, count)
    }
  }
}
