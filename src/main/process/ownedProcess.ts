/** A started process of Kwiat's own, whoever starts it: Node's `fork` or Electron's utility process. */
export interface OwnedProcess {
  send(message: object): void
  /** What it says; to be checked by who listens. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, when it has ended. */
  onExit(listener: (code: number | null, signal: NodeJS.Signals | null) => void): void
  /** Lets go of a process that has told all it had to, where it does not end by itself. */
  release(): void
  /** Ends it at once. */
  kill(): void
}

/** Starts a process. `onOutput` gets its lines of text; without it they go to this process' own stderr. */
export type SpawnProcess = (onOutput?: (line: string) => void) => OwnedProcess
