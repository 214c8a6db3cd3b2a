import type { StudioClient } from '../../../shared/contract/studio'
import type { Interpolation } from '../../../shared/latent/interpolate'
import type { Easing, LatentPath } from '../../../shared/latent/path'
import { framesOf, latentAt, stretchesOf } from '../../../shared/latent/path'
import type { FilmFrames } from '../../film/film'
import type { ExploredRun } from './exploredRun.svelte'
import { filmOfLatents } from './filmOfLatents'
import { FramePlayer, type PlayerClock } from './framePlayer'
import { LivePictures } from './livePictures.svelte'
import { drawPictures, type Picture, pictureAt } from './pictureSource'
import { randomSeed } from './randomSeed'
import { Slots } from './slots.svelte'

const firstKeyframes = 4
/** Seconds from one keyframe to the next. */
export const slowest = 5
export const quickest = 0.25

/** A path through keyframes, played live. */
export class PathPlay {
  readonly #client: StudioClient
  readonly #run: ExploredRun
  readonly #still: LivePictures
  readonly #player: FramePlayer<Picture>
  readonly keyframes: Slots
  interpolation: Interpolation = $state('slerp')
  easing: Easing = $state('eased')
  loop = $state(true)
  #secondsEach = $state(1.5)
  #isPlaying = $state(false)
  #position = $state(0)
  #frame: Picture | null = $state.raw(null)
  #rate: number | null = $state(null)
  #problem: unknown = $state.raw(null)
  readonly #path: LatentPath = $derived.by(() => ({
    keyframes: this.keyframes.all.map(({ latent }) => latent),
    // There and back is no round.
    loop: this.loop && this.keyframes.all.length > 2,
    interpolation: this.interpolation,
    easing: this.easing
  }))
  readonly #seconds = $derived(Math.max(1, stretchesOf(this.#path)) * this.#secondsEach)

  constructor(client: StudioClient, run: ExploredRun, clock?: PlayerClock) {
    this.#client = client
    this.#run = run
    this.keyframes = new Slots(client, run)
    this.#still = new LivePictures(client, { live: true, atOnce: 2 })
    this.#player = new FramePlayer({
      ask: (seconds) => this.#drawAt(seconds / this.#seconds),
      show: (frame, seconds) => this.#show(frame, seconds),
      onProblem: (error) => this.#fail(error),
      ...(clock === undefined ? {} : { clock })
    })
  }

  /** Seconds from one keyframe to the next. */
  get secondsEach(): number {
    return this.#secondsEach
  }

  /** Of the whole path. */
  get seconds(): number {
    return this.#seconds
  }

  get isPlaying(): boolean {
    return this.#isPlaying
  }

  /** Where on the path, 0 … 1. */
  get position(): number {
    return this.#position
  }

  /** What is shown at the position. */
  get frame(): Picture | null {
    return this.#isPlaying ? this.#frame : (this.#still.at(0) ?? this.#frame)
  }

  /** Frames a second that are really shown; null while that is not known. */
  get rate(): number | null {
    return this.#rate
  }

  get problem(): unknown {
    return this.#problem ?? this.#still.problem ?? this.keyframes.problem
  }

  get latent(): Float32Array | null {
    return this.#path.keyframes.length === 0 ? null : latentAt(this.#path, this.#position)
  }

  setSecondsEach(seconds: number): void {
    this.#secondsEach = Math.min(slowest, Math.max(quickest, seconds))
    this.#replay()
  }

  /** Goes to a place of the path, 0 … 1. */
  seek(position: number): void {
    this.#position = Math.min(1, Math.max(0, position))
    this.#replay()
  }

  /** Whether there is a way to go. */
  get canPlay(): boolean {
    return this.keyframes.all.length > 1 && this.#run.model !== null
  }

  play(): void {
    if (!this.canPlay) {
      return
    }
    this.#problem = null
    this.#isPlaying = true
    this.#player.start(this.#position >= 1 ? 0 : this.#position * this.#seconds)
  }

  pause(): void {
    this.#player.stop()
    this.#isPlaying = false
    this.#rate = null
  }

  toggle(): void {
    if (this.#isPlaying) {
      this.pause()
    } else {
      this.play()
    }
  }

  /** Keyframes of a new seed in the place of all. */
  shuffle(): void {
    this.keyframes.draw(randomSeed(), Math.max(firstKeyframes, this.keyframes.all.length))
  }

  /** Something to play where nothing was chosen yet. */
  begin(): void {
    if (this.keyframes.all.length === 0) {
      this.keyframes.draw(0, firstKeyframes)
    }
  }

  /** Draws what the position shows while nothing is played; to be called whenever that may have changed. */
  update(): void {
    this.keyframes.update()
    const { latent } = this
    if (!this.#isPlaying) {
      this.#still.want(this.#run.model, latent)
    }
  }

  retry(): void {
    this.#problem = null
    this.#still.retry()
    this.keyframes.update()
  }

  clear(): void {
    this.pause()
    this.keyframes.clear()
    this.#still.clear()
    this.#frame = null
    this.#position = 0
    this.#problem = null
  }

  /** The film of the path once through, at so many frames a second; null without a path. */
  film(framesPerSecond: number): FilmFrames | null {
    const { model, facts } = this.#run
    if (model === null || facts === null || !this.canPlay) {
      return null
    }
    const count = Math.max(2, Math.round(this.#seconds * framesPerSecond))
    const latents = framesOf(this.#path, count)
    return filmOfLatents((part) => drawPictures(this.#client, model, part), latents, facts)
  }

  #replay(): void {
    if (this.#isPlaying) {
      this.#player.start(this.#position * this.#seconds)
    }
  }

  async #drawAt(position: number): Promise<Picture> {
    const model = this.#run.model
    if (model === null) {
      throw new Error('path: expected a model to draw with, got none')
    }
    return pictureAt(await drawPictures(this.#client, model, latentAt(this.#path, position), { live: true }), 0)
  }

  #show(frame: Picture, seconds: number): void {
    const position = seconds / this.#seconds
    this.#frame = frame
    this.#rate = this.#player.rate
    this.#position = this.#path.loop ? position % 1 : Math.min(1, position)
    if (!this.#path.loop && position >= 1) {
      this.pause()
    }
  }

  #fail(error: unknown): void {
    this.#problem = error
    this.pause()
  }
}
