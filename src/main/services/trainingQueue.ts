import type { TrainRequest } from '../../shared/contract/training'
import { describeError, KwiatError } from '../../shared/errors'
import type { SpawnProcess } from '../process/ownedProcess'
import type { TrainingOutcome } from '../trainer/owner'
import { type SessionListeners, TrainingSession } from './trainingSession'

export interface QueuePorts {
  readonly spawn: SpawnProcess
  /** What to train when the run's turn has come. */
  readonly requestFor: (id: string) => Promise<TrainRequest>
  readonly listenersFor: (id: string) => SessionListeners
  /** The run that trains or those that wait changed. */
  readonly onChange: () => void
  readonly onEnd: (id: string, outcome: TrainingOutcome) => void
}

/** The run whose turn it is. */
interface Turn {
  readonly id: string
  /** There once the request is. */
  session: TrainingSession | null
  isStopping: boolean
  ended: Promise<void>
}

/** Runs that want to be trained: one trains, the others wait for their turn. */
export class TrainingQueue {
  readonly #ports: QueuePorts
  #waiting: readonly string[] = []
  #turn: Turn | null = null
  #isClosed = false

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  get running(): string | null {
    return this.#turn?.id ?? null
  }

  /** Next first. */
  get waiting(): readonly string[] {
    return this.#waiting
  }

  get session(): TrainingSession | null {
    return this.#turn?.session ?? null
  }

  /** Adds a run at the end, or in front of the others; does nothing when it is there. */
  add(id: string, where: 'first' | 'last' = 'last'): void {
    if (this.#isClosed || id === this.running || this.#waiting.includes(id)) {
      return
    }
    this.#waiting = where === 'first' ? [id, ...this.#waiting] : [...this.#waiting, id]
    this.#startNext()
    this.#ports.onChange()
  }

  /** Gives a waiting run another place, 0 being the next; does nothing where it doesn't wait. */
  move(id: string, position: number): void {
    if (this.#waiting.includes(id)) {
      const others = this.#waiting.filter((other) => other !== id)
      this.#waiting = [...others.slice(0, position), id, ...others.slice(position)]
      this.#ports.onChange()
    }
  }

  /** Takes a waiting run out of the queue. */
  remove(id: string): void {
    this.#waiting = this.#waiting.filter((other) => other !== id)
    this.#ports.onChange()
  }

  /** Asks the run that trains to save and end. */
  stop(): void {
    if (this.#turn !== null) {
      this.#turn.isStopping = true
      this.#turn.session?.stop()
    }
  }

  /** Ends the process that trains at once. */
  kill(): void {
    this.#turn?.session?.kill()
  }

  /** Starts nothing more, asks the run that trains to save and end, and after `graceMs` ends it. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true
    this.#waiting = []
    this.stop()
    const timer = setTimeout(() => this.kill(), graceMs)
    await this.#turn?.ended
    clearTimeout(timer)
  }

  #startNext(): void {
    const [next, ...others] = this.#waiting
    if (this.#turn === null && next !== undefined && !this.#isClosed) {
      this.#waiting = others
      const turn: Turn = { id: next, session: null, isStopping: false, ended: Promise.resolve() }
      this.#turn = turn
      turn.ended = this.#take(turn)
    }
  }

  async #take(turn: Turn): Promise<void> {
    const outcome = await this.#train(turn)
    this.#turn = null
    this.#ports.onEnd(turn.id, outcome)
    this.#startNext()
    this.#ports.onChange()
  }

  async #train(turn: Turn): Promise<TrainingOutcome> {
    try {
      const request = await this.#ports.requestFor(turn.id)
      if (turn.isStopping) {
        return { event: 'finished', step: 0, run: null, reason: 'stopped' }
      }
      turn.session = new TrainingSession(turn.id, request, this.#ports.spawn, this.#ports.listenersFor(turn.id))
      return await turn.session.outcome
    } catch (error) {
      return {
        event: 'failed',
        code: error instanceof KwiatError ? error.code : 'internal',
        message: describeError(error)
      }
    }
  }
}
