import type { LogLine } from '../../shared/contract/app'

/** So many lines are kept for windows that open later. */
const keptLines = 2000

/** What native libraries write in every process on Linux and what means nothing: glib beside Electron's own. */
const noise = /GLib-GObject-CRITICAL|SharpElectronLinux|^\s*$|\(Use `\S+ --trace-warnings/

/** What the studio and its trainers had to say, newest lines only. */
export class StudioLog {
  readonly #lines: LogLine[] = []
  readonly #onLine: (line: LogLine) => void
  #next = 0

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine
  }

  /** Oldest first. */
  get lines(): LogLine[] {
    return [...this.#lines]
  }

  /** Adds a line that a process wrote, unless it says nothing to anybody. */
  addOutput(text: string, run: string | null = null): void {
    if (!noise.test(text)) {
      this.add('warning', text, run)
    }
  }

  add(level: LogLine['level'], text: string, run: string | null = null): void {
    const line = { number: this.#next++, time: new Date().toISOString(), level, run, text }
    this.#lines.push(line)
    this.#lines.splice(0, this.#lines.length - keptLines)
    this.#onLine(line)
  }
}
