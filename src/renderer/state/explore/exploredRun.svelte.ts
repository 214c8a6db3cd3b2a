import type { ExploredModel } from '../../../shared/contract/explore'
import type { Result, StudioClient } from '../../../shared/contract/studio'
import { seededLatents } from '../../../shared/latent/seededLatents'
import { LatestOnly } from '../latestOnly'
import { splitLatents } from './pictureSource'

export type Facts = Result<'explore/run'>

/** Which checkpoint is explored; newest follows a run in training. */
export type CheckpointChoice = number | 'newest'

/** Which trained generator the view Explore is about: a run, one of its checkpoints, and which of its weights. */
export class ExploredRun {
  readonly #load: LatestOnly<string, Facts>
  #id: string | null = $state(null)
  #facts: Facts | null = $state.raw(null)
  #problem: unknown = $state.raw(null)
  #choice: CheckpointChoice = $state('newest')
  #weights: ExploredModel['weights'] = $state('ema')
  readonly #step = $derived(this.#choice === 'newest' ? (this.#facts?.steps[0] ?? null) : this.#choice)
  readonly #isKnown = $derived(this.#facts !== null)
  /** The same object while it stands for the same: what is drawn with it is not drawn again when facts are read anew. */
  readonly #model: ExploredModel | null = $derived(
    this.#id === null || this.#step === null || !this.#isKnown
      ? null
      : { run: this.#id, step: this.#step, weights: this.#weights }
  )
  readonly #onOther: () => void

  /** @param onOther called when another run is explored from now on */
  constructor(client: StudioClient, onOther: () => void) {
    this.#load = new LatestOnly({
      ask: (run: string) => client.call('explore/run', { run }),
      onAnswer: (facts) => {
        this.#facts = facts
        this.#problem = null
      },
      onProblem: (error) => {
        this.#problem = error
      }
    })
    this.#onOther = onOther
    client.on('run/event', ({ id, events }) => {
      if (id === this.#id && events.some(({ event }) => event === 'checkpoint')) {
        this.refresh()
      }
    })
  }

  get id(): string | null {
    return this.#id
  }

  /** Null until they are read. */
  get facts(): Facts | null {
    return this.#facts
  }

  get problem(): unknown {
    return this.#problem
  }

  get choice(): CheckpointChoice {
    return this.#choice
  }

  get weights(): ExploredModel['weights'] {
    return this.#weights
  }

  /** What pictures are asked of; null where there is no checkpoint. */
  get model(): ExploredModel | null {
    return this.#model
  }

  /** Explores this run; what was chosen of another one is forgotten. */
  open(id: string | null): void {
    if (id === this.#id) {
      return
    }
    this.#load.forget()
    this.#id = id
    this.#facts = null
    this.#problem = null
    this.#choice = 'newest'
    this.#onOther()
    this.refresh()
  }

  choose(choice: CheckpointChoice): void {
    this.#choice = choice
  }

  chooseWeights(weights: ExploredModel['weights']): void {
    this.#weights = weights
  }

  /** Looks again which checkpoints there are. */
  refresh(): void {
    if (this.#id !== null) {
      this.#load.want(this.#id)
    }
  }

  /** `count` latents of a seed, from the run's own distribution; none while nothing is known of the run. */
  draw(seed: number, count: number): Float32Array[] {
    if (this.#facts === null) {
      return []
    }
    const { latentSize, latentDistribution: distribution } = this.#facts
    return splitLatents(seededLatents({ seed, first: 0, count, latentSize, distribution }), latentSize)
  }
}
