import type { LogLine } from '../../shared/contract/app'
import type { StudioClient } from '../../shared/contract/studio'

const maxLines = 2000

/** The newest lines of the studio's log. */
export class LogState {
  #lines: readonly LogLine[] = $state.raw([])
  isOpen = $state(false)

  constructor(client: StudioClient) {
    client.on('log/line', (line) => this.#add([line]))
  }

  get lines(): readonly LogLine[] {
    return this.#lines
  }

  /** Fetches what was logged before this window opened. */
  async load(client: StudioClient): Promise<void> {
    const { lines } = await client.call('log/read')
    this.#add(lines)
  }

  #add(lines: readonly LogLine[]): void {
    const known = new Set(this.#lines.map((line) => line.number))
    const added = lines.filter((line) => !known.has(line.number))
    this.#lines = [...this.#lines, ...added].sort((a, b) => a.number - b.number).slice(-maxLines)
  }
}
