import type { SpawnProcess } from '../../src/main/process/ownedProcess'
import { type TrainerCommand, trainerCommandSchema } from '../../src/main/trainer/protocol'
import type { TrainingEvent, TrainRequest } from '../../src/shared/contract/training'

/** A trainer process that does what the test says. */
export interface FakeTrainer {
  readonly request: TrainRequest
  /** Commands that came after the request. */
  readonly commands: TrainerCommand['command'][]
  isKilled: boolean
  say(message: TrainingEvent | { readonly event: 'beat'; readonly memoryBytes: number }): void
  /** Ends the process without a word. */
  exit(code: number | null, signal?: NodeJS.Signals): void
  /** Tells the outcome and ends. */
  finish(step: number, reason: 'done' | 'stopped'): void
}

/** A `SpawnProcess` and the processes that it made, in order. */
export function fakeTrainers(): { readonly spawn: SpawnProcess; readonly trainers: FakeTrainer[] } {
  const trainers: FakeTrainer[] = []
  const spawn: SpawnProcess = () => {
    const listeners: ((message: unknown) => void)[] = []
    const exits: ((code: number | null, signal: NodeJS.Signals | null) => void)[] = []
    const exit = (code: number | null, signal: NodeJS.Signals | null = null) => {
      for (const listener of exits) {
        listener(code, signal)
      }
    }
    const say = (message: unknown) => {
      for (const listener of listeners) {
        listener(message)
      }
    }
    const begin = (request: TrainRequest) => {
      const trainer: FakeTrainer = {
        request,
        commands: [],
        isKilled: false,
        say,
        exit,
        finish: (step, reason) => {
          say({ event: 'finished', step, run: null, reason })
          exit(0)
        }
      }
      trainers.push(trainer)
    }
    const mine = trainers.length
    return {
      send: (message) => {
        const command = trainerCommandSchema.parse(message)
        if (command.command === 'train') {
          begin(command.request)
        } else {
          trainers[mine]?.commands.push(command.command)
        }
      },
      onMessage: (listener) => listeners.push(listener),
      onExit: (listener) => exits.push(listener),
      release: () => undefined,
      kill: () => {
        const trainer = trainers[mine]
        if (trainer !== undefined) {
          trainer.isKilled = true
        }
        exit(null, 'SIGKILL')
      }
    }
  }
  return { spawn, trainers }
}
