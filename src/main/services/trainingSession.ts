import type { TrainerHealth } from '../../shared/contract/runs'
import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import type { SpawnProcess } from '../process/ownedProcess'
import type { Snapshot } from '../train/snapshots'
import { superviseTrainer, type Trainer, type TrainingOutcome } from '../trainer/owner'

/** Windows hear of a run at most this often. */
const tellEveryMs = 100
const watchEveryMs = 2000
/** Importing and compiling may hold the trainer's thread for minutes. */
const patienceBeforeStepsSeconds = 300
const patienceSeconds = 60
/** A step holds the trainer's thread, so that nothing is heard during one. */
const patienceSteps = 20

export interface SessionListeners {
  /** What happened since the last time, in order; at most ten times a second. */
  readonly onEvents: (events: TrainingEvent[]) => void
  readonly onHealth: (health: TrainerHealth) => void
  /** A line of text that the process wrote. */
  readonly onOutput: (line: string) => void
}

/** One run in training: its events in batches, its newest ones kept, and whether its process is still heard of. */
export class TrainingSession {
  readonly id: string
  readonly outcome: Promise<TrainingOutcome>
  readonly #trainer: Trainer
  readonly #listeners: SessionListeners
  readonly #newest = new Map<TrainingEvent['event'], TrainingEvent>()
  readonly #watch: NodeJS.Timeout
  #untold: TrainingEvent[] = []
  #telling: NodeJS.Timeout | undefined
  #heardMs = performance.now()
  #memoryBytes: number | null = null
  #secondsPerStep: number | null = null
  #phase: 'preparing' | 'training' | 'stopping' | 'ended' = 'preparing'

  constructor(id: string, request: TrainRequest, spawn: SpawnProcess, listeners: SessionListeners) {
    this.id = id
    this.#listeners = listeners
    this.#trainer = superviseTrainer(spawn(listeners.onOutput), request, {
      onEvent: (event) => this.#hear(event),
      onBeat: ({ memoryBytes }) => {
        this.#heardMs = performance.now()
        this.#memoryBytes = memoryBytes
      },
      howToGoOn: () => 'start it to go on from its last checkpoint'
    })
    this.#watch = setInterval(() => listeners.onHealth(this.health), watchEveryMs)
    this.outcome = this.#trainer.outcome.then((outcome) => {
      this.#phase = 'ended'
      clearInterval(this.#watch)
      this.#tell()
      listeners.onHealth(this.health)
      return outcome
    })
  }

  /** Newest event of each kind. */
  get events(): TrainingEvent[] {
    return [...this.#newest.values()]
  }

  get health(): TrainerHealth {
    const silentSeconds = (performance.now() - this.#heardMs) / 1000
    const isStuck = this.#phase !== 'ended' && silentSeconds > this.#patience
    return {
      id: this.id,
      state: isStuck ? 'stuck' : this.#phase,
      silentSeconds,
      memoryBytes: this.#memoryBytes
    }
  }

  /** Iterations done; null before the first one that was told. */
  get step(): number | null {
    const event = this.#newest.get('step')
    return event?.event === 'step' ? event.step : null
  }

  /** Asks for a checkpoint and the end. */
  stop(): void {
    this.#phase = this.#phase === 'ended' ? 'ended' : 'stopping'
    this.#trainer.stop()
    this.#listeners.onHealth(this.health)
  }

  /** See `Trainer.snapshot`. */
  snapshot(parent: string): Promise<Snapshot> {
    return this.#trainer.snapshot(parent)
  }

  kill(): void {
    this.#trainer.kill()
  }

  get #patience(): number {
    return this.#secondsPerStep === null
      ? patienceBeforeStepsSeconds
      : Math.max(patienceSeconds, patienceSteps * this.#secondsPerStep)
  }

  #hear(event: TrainingEvent): void {
    this.#heardMs = performance.now()
    this.#newest.set(event.event, event)
    if (event.event === 'prepared' && this.#phase === 'preparing') {
      this.#phase = 'training'
    }
    if (event.event === 'step') {
      this.#secondsPerStep = event.secondsPerStep
    }
    this.#untold.push(event)
    this.#telling ??= setTimeout(() => this.#tell(), tellEveryMs)
  }

  #tell(): void {
    clearTimeout(this.#telling)
    this.#telling = undefined
    const events = this.#untold.splice(0)
    if (events.length > 0) {
      this.#listeners.onEvents(events)
    }
  }
}
