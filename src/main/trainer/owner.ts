import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import { KwiatError } from '../../shared/errors'
import { forkProcess } from '../process/forkProcess'
import type { OwnedProcess } from '../process/ownedProcess'
import type { Snapshot, SnapshotOutcome } from '../train/snapshots'
import { type Beat, type TrainerCommand, trainerMessageSchema } from './protocol'

type Failed = Extract<TrainingEvent, { event: 'failed' }>
/** How a run's session ended. */
export type TrainingOutcome = Extract<TrainingEvent, { event: 'finished' | 'failed' }>

/** A run that trains in a process of its own, so that its crash takes nothing else down. */
export interface Trainer {
  /** The last event; a crash of the process is a failed outcome too. Never rejects. */
  readonly outcome: Promise<TrainingOutcome>
  /** Asks for a checkpoint and the end; the outcome follows after the step in progress. */
  stop(): void
  /**
   * Has the generator written as it is now, into a folder of its own in `parent`, while training goes on. Those who ask
   * while one is awaited get the same.
   *
   * @throws KwiatError `run-not-training` when training ends before that
   */
  snapshot(parent: string): Promise<Snapshot>
  /** Ends the process at once; what was not saved is lost. */
  kill(): void
}

export interface TrainerListeners {
  /** Gets every event, a crash as `failed` included, before the outcome resolves. */
  readonly onEvent: (event: TrainingEvent) => void
  readonly onBeat?: (beat: Beat) => void
  /** How the user goes on with a run after a crash, as an imperative; on the command line when left out. */
  readonly howToGoOn?: (run: string) => string
}

const goOnByCommand = (run: string): string => `go on from the last checkpoint with kwiat resume ${run}`

function crashed(actual: string, run: string | undefined, howToGoOn = goOnByCommand): Failed {
  const error = new KwiatError('trainer-crashed', {
    who: 'trainer process',
    expected: 'training to end by itself',
    actual,
    todo: run === undefined ? 'start again, with a smaller batch if memory ran out' : howToGoOn(run)
  })
  return { event: 'failed', code: error.code, message: error.message, ...(run === undefined ? {} : { run }) }
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) {
    return `an end by ${signal}${signal === 'SIGKILL' ? ' (killed, or out of memory)' : ''}`
  }
  // Electron says 0 where it notices that a utility process is gone before it learns how it ended.
  return code === 0 ? 'an end without a word (killed, or out of memory)' : `exit code ${code}`
}

const notTraining = (actual = 'one that has ended'): KwiatError =>
  new KwiatError('run-not-training', {
    who: 'snapshot of the model in training',
    expected: 'a run that trains',
    actual,
    todo: 'explore one of its checkpoints'
  })

/** @throws KwiatError `run-not-training` */
function snapshotOf(outcome: SnapshotOutcome | null): Snapshot {
  if (outcome === null || 'problem' in outcome) {
    throw notTraining(outcome?.problem)
  }
  return outcome
}

/** Signals that a terminal or a system that shuts down sends to all processes of a group. */
const groupSignals: ReadonlySet<string> = new Set(['SIGINT', 'SIGHUP', 'SIGTERM'])

const stoppedEarly: TrainingOutcome = { event: 'finished', step: 0, run: null, reason: 'stopped' }

/** Watches over one trainer process and finds out how its training ended. */
class Supervisor implements Trainer {
  readonly outcome: Promise<TrainingOutcome>
  readonly #process: OwnedProcess
  readonly #listeners: TrainerListeners
  /** The run, as soon as it is known. */
  #run: string | undefined
  #last: TrainingOutcome | undefined
  #isStopping = false
  /** The snapshot that was asked for and has not come. */
  #awaited: Promise<Snapshot> | null = null
  #onSnapshot: (outcome: SnapshotOutcome | null) => void = () => undefined

  constructor(process: OwnedProcess, request: TrainRequest, listeners: TrainerListeners) {
    this.#process = process
    this.#listeners = listeners
    this.#run = request.kind === 'resume' ? request.run : undefined
    process.onMessage((message) => this.#receive(message))
    this.outcome = new Promise((resolve) => {
      process.onExit((code, signal) => {
        this.#last ??= this.#conclude(code, signal)
        this.#endSnapshot(null)
        resolve(this.#last)
      })
    })
    this.#command({ command: 'train', request })
  }

  stop(): void {
    this.#isStopping = true
    this.#command({ command: 'stop' })
  }

  snapshot(parent: string): Promise<Snapshot> {
    if (this.#last !== undefined) {
      return Promise.reject(notTraining())
    }
    if (this.#awaited === null) {
      const answer = new Promise<SnapshotOutcome | null>((resolve) => {
        this.#onSnapshot = resolve
      })
      this.#awaited = answer.then(snapshotOf)
      this.#command({ command: 'snapshot', parent })
    }
    return this.#awaited
  }

  kill(): void {
    this.#process.kill()
  }

  #command(command: TrainerCommand): void {
    this.#process.send(command)
  }

  #receive(message: unknown): void {
    const event = trainerMessageSchema.safeParse(message).data
    if (event === undefined) {
      // What can't be understood is no reason to lose sight of the process, which goes on and is told of by its end.
      return
    }
    if (event.event === 'beat') {
      this.#listeners.onBeat?.(event)
      return
    }
    if (event.event === 'snapshot') {
      this.#endSnapshot(event.outcome)
      return
    }
    this.#listeners.onEvent(event)
    if (event.event === 'prepared') {
      this.#run = event.run
    }
    if (event.event === 'finished' || event.event === 'failed') {
      this.#last = event
      this.#process.release()
    }
  }

  /** @param outcome null when there is nobody left to take it */
  #endSnapshot(outcome: SnapshotOutcome | null): void {
    this.#awaited = null
    this.#onSnapshot(outcome)
  }

  /** The outcome of a process that did not tell it. */
  #conclude(code: number | null, signal: NodeJS.Signals | null): TrainingOutcome {
    // A trainer that has begun has handlers for these signals.
    const isStoppedEarly = this.#isStopping && signal !== null && groupSignals.has(signal)
    const { howToGoOn } = this.#listeners
    const outcome = isStoppedEarly ? stoppedEarly : crashed(describeExit(code, signal), this.#run, howToGoOn)
    this.#listeners.onEvent(outcome)
    return outcome
  }
}

/** Gives `request` to a trainer process and watches over it. */
export const superviseTrainer = (process: OwnedProcess, request: TrainRequest, listeners: TrainerListeners): Trainer =>
  new Supervisor(process, request, listeners)

/**
 * Starts the trainer process as a child of Node and gives it `request`.
 *
 * @param entry file of the built trainer
 */
export const startTrainer = (entry: string, request: TrainRequest, onEvent: (event: TrainingEvent) => void): Trainer =>
  superviseTrainer(forkProcess(entry)(), request, { onEvent })
