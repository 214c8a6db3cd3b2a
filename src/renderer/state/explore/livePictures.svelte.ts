import type { ExploredModel, Pictures } from '../../../shared/contract/explore'
import type { StudioClient } from '../../../shared/contract/studio'
import { LatestOnly } from '../latestOnly'
import { drawPictures, type Picture, pictureAt } from './pictureSource'

interface Wish {
  readonly model: ExploredModel
  readonly latents: Float32Array
}

interface LiveOptions {
  /** As fast as can be, for what follows the mouse; otherwise equal latents give equal bytes. */
  readonly live?: boolean
  readonly atOnce?: number
}

/** The pictures of latents that change faster than they can be drawn: the newest that there are. */
export class LivePictures {
  readonly #latest: LatestOnly<Wish, Pictures>
  #pictures: Pictures | null = $state.raw(null)
  #problem: unknown = $state.raw(null)
  #wish: Wish | null = null

  constructor(client: StudioClient, { live = false, atOnce = 1 }: LiveOptions = {}) {
    this.#latest = new LatestOnly({
      ask: ({ model, latents }: Wish) => drawPictures(client, model, latents, { live }),
      onAnswer: (pictures) => {
        this.#pictures = pictures
        this.#problem = null
      },
      onProblem: (error) => {
        this.#problem = error
      },
      atOnce
    })
  }

  /** Picture `index`; null until it is there. */
  at(index: number): Picture | null {
    return this.#pictures !== null && index < this.#pictures.count ? pictureAt(this.#pictures, index) : null
  }

  /** Why the newest pictures are missing; null when they aren't. */
  get problem(): unknown {
    return this.#problem
  }

  /** Asks for these pictures; the old ones stay until they are there. Nothing is asked where there is no model. */
  want(model: ExploredModel | null, latents: Float32Array | null): void {
    if (model !== null && latents !== null && latents.length > 0) {
      this.#wish = { model, latents }
      this.#latest.want(this.#wish)
    }
  }

  /** Asks again, as after a failure. */
  retry(): void {
    if (this.#wish !== null) {
      this.#latest.want(this.#wish)
    }
  }

  /** Shows nothing any more, as when another run is explored. */
  clear(): void {
    this.#latest.forget()
    this.#wish = null
    this.#pictures = null
    this.#problem = null
  }
}
