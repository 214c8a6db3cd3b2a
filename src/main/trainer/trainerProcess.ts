import type { TrainerCommand } from './protocol'

/** A started trainer process, whoever starts it: Node's `fork` or Electron's utility process. */
export interface TrainerProcess {
  send(command: TrainerCommand): void
  /** What it says; to be checked by who listens. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, when it has ended. */
  onExit(listener: (code: number | null, signal: NodeJS.Signals | null) => void): void
  /** Lets go of a process that has told its outcome, where it does not end by itself. */
  release(): void
  /** Ends it at once. */
  kill(): void
}

/** Starts a trainer process. `onOutput` gets its lines of text; without it they go to this process' own stderr. */
export type SpawnTrainer = (onOutput?: (line: string) => void) => TrainerProcess
