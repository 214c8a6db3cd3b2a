import type { CheckpointSaver, Saved, SaveRequest } from '../checkpoints/checkpointSaver'

/**
 * Saves checkpoints while training goes on: one at a time, in order. What fails is thrown by the next call, as if that
 * had failed.
 */
export class BackgroundSaves {
  readonly #saver: CheckpointSaver
  readonly #onSaved: (step: number, saved: Saved) => void
  #running: Promise<void> = Promise.resolve()
  #failure: { readonly error: unknown } | null = null
  /** Of the checkpoint that was begun last, as long as that did not fail. */
  #step: number | null = null

  constructor(saver: CheckpointSaver, onSaved: (step: number, saved: Saved) => void) {
    this.#saver = saver
    this.#onSaved = onSaved
  }

  /** Step of the checkpoint that is saved or being saved; null where there is none, or where it failed. */
  get step(): number | null {
    return this.#step
  }

  /** @throws what went wrong since the last time */
  check(): void {
    if (this.#failure !== null) {
      const { error } = this.#failure
      this.#failure = null
      throw error
    }
  }

  /** Begins to save, after the one that may be on its way; a saver in this thread is waited for. */
  async begin(request: SaveRequest): Promise<void> {
    await this.settle()
    this.#step = request.contents.step
    this.#running = this.#save(request)
    if (!this.#saver.isBackground) {
      await this.settle()
    }
  }

  /**
   * Returns when everything that was begun is saved.
   *
   * @throws what went wrong
   */
  async settle(): Promise<void> {
    await this.#running
    this.check()
  }

  async #save(request: SaveRequest): Promise<void> {
    try {
      this.#onSaved(request.contents.step, await this.#saver.save(request))
    } catch (error) {
      this.#step = null
      this.#failure = { error }
    }
  }
}
