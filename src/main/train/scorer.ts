import type { Scores } from '../../shared/checkpoints/scores'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { drawLatents } from '../../shared/latent/drawLatents'
import { Random } from '../../shared/random/random'
import type { EngineState } from '../engine/engine'
import { comparedCount, measureReal, type RealReference, scorePictures } from '../metrics/scores/qualityScores'
import type { PictureGenerator } from './sampler'
import type { TrainingPictures } from './trainingPictures'

/** Share of a session's time that scoring may take. */
const shareAtMost = 0.05
/** What comparing is taken to cost before it was ever measured, the real pictures included. */
const firstGuessMs = 2000

interface ScorerParts {
  readonly configuration: RunConfiguration
  readonly pictures: Pick<TrainingPictures, 'count' | 'sample'>
  readonly pictureMaker: Pick<PictureGenerator, 'generate'>
  readonly state: EngineState
  /** Milliseconds on a clock that never jumps. */
  readonly now?: () => number
}

/**
 * Measures how good the averaged generator's pictures are, as often as the share of the time allows: it keeps account
 * of what it took, and leaves a measurement out that would exceed it.
 */
export class Scorer {
  readonly #parts: ScorerParts
  readonly #now: () => number
  readonly #count: number
  readonly #startedMs: number
  #reference: RealReference | null = null
  #spentMs = 0
  #expectedMs = firstGuessMs

  constructor(parts: ScorerParts) {
    this.#parts = parts
    this.#now = parts.now ?? (() => performance.now())
    this.#count = comparedCount(parts.pictures.count)
    this.#startedMs = this.#now()
  }

  /**
   * The scores of the present state; null where there are too few pictures to compare with, or no time for it now. The
   * same state has the same scores, whenever it is measured.
   */
  async score(): Promise<Scores | null> {
    const startMs = this.#now()
    const isAffordable = this.#spentMs + this.#expectedMs <= shareAtMost * (startMs - this.#startedMs)
    if (this.#count === 0 || !isAffordable) {
      return null
    }
    const isFirst = this.#reference === null
    this.#reference ??= await this.#measureReal()
    const measuredMs = this.#now()
    const scores = scorePictures(await this.#generate(), this.#reference, this.#parts.configuration.schedule.seed)
    const endMs = this.#now()
    this.#spentMs += endMs - startMs
    this.#expectedMs = endMs - (isFirst ? measuredMs : startMs)
    return scores
  }

  async #measureReal(): Promise<RealReference> {
    const { configuration, pictures } = this.#parts
    const { pictureSize: size, channels } = configuration.architecture
    const count = 2 * this.#count
    return measureReal({ pixels: await pictures.sample(count), count, size, channels }, configuration.schedule.seed)
  }

  #generate() {
    const { configuration, pictureMaker, state } = this.#parts
    const { seed, latentDistribution } = configuration.schedule
    const numbers = this.#count * configuration.architecture.latentSize
    return pictureMaker.generate(state, drawLatents(new Random(seed, 'scoreLatents'), latentDistribution, numbers))
  }
}
