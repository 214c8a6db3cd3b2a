import { Cancelled, describeError, type ErrorParts, KwiatError } from '../../shared/errors'

export interface NoticeAction {
  readonly label: string
  run(): void
}

export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'failure'
  readonly text: string
  /** The parts of an error: what was expected, what came, what to do. */
  readonly parts: ErrorParts | null
  readonly action: NoticeAction | null
}

const maxNotices = 4
const doneForMs = 8000

/** Short messages in a corner: what was done, with its undo, and what failed. Failures stay until they are closed. */
export class NoticesState {
  #all: readonly Notice[] = $state.raw([])
  #nextId = 0

  get all(): readonly Notice[] {
    return this.#all
  }

  done(text: string, action: NoticeAction | null = null): void {
    const id = this.#add({ kind: 'done', text, parts: null, action })
    setTimeout(() => this.close(id), doneForMs)
  }

  /** Shows anything thrown; cancelling is not a failure. */
  failure(error: unknown): void {
    if (error instanceof Cancelled) {
      return
    }
    const parts = error instanceof KwiatError ? error.parts : null
    this.#add({ kind: 'failure', text: describeError(error), parts, action: null })
  }

  close(id: number): void {
    this.#all = this.#all.filter((notice) => notice.id !== id)
  }

  #add(notice: Omit<Notice, 'id'>): number {
    const id = this.#nextId++
    this.#all = [...this.#all, { ...notice, id }].slice(-maxNotices)
    return id
  }
}
