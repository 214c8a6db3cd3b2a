import { type ChildProcess, fork } from 'node:child_process'
import { type TrainingEvent, type TrainRequest, trainingEventSchema } from '../../shared/contract/training'
import { KwiatError } from '../../shared/errors'
import type { TrainerCommand } from './protocol'

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

function awaitOutcome(child: ChildProcess, onEvent: (event: TrainingEvent) => void): Promise<TrainingOutcome> {
  return new Promise((resolve) => {
    let outcome: TrainingOutcome | undefined
    let run: string | undefined
    child.on('message', (message) => {
      const event = trainingEventSchema.parse(message)
      run = event.event === 'prepared' ? event.run : run
      outcome = isOutcome(event) ? event : outcome
      onEvent(event)
    })
    child.on('exit', (code, signal) => {
      const last = outcome ?? crashed(code, signal, run)
      if (outcome === undefined) {
        onEvent(last)
      }
      resolve(last)
    })
  })
}

/**
 * Starts the trainer process and gives it `request`.
 *
 * @param entry file of the built trainer
 * @param onEvent gets every event, a crash as `failed` included, before the outcome resolves
 */
export function startTrainer(entry: string, request: TrainRequest, onEvent: (event: TrainingEvent) => void): Trainer {
  const child = fork(entry, [], { stdio: ['ignore', 2, 2, 'ipc'] })
  const say = (command: TrainerCommand) => child.connected && child.send(command)
  const outcome = awaitOutcome(child, onEvent)
  say({ command: 'train', request })
  return {
    outcome,
    stop: () => {
      say({ command: 'stop' })
    },
    kill: () => {
      child.kill('SIGKILL')
    }
  }
}
