import { openCheckpoint } from '../../checkpoints/readCheckpoint'
import { type ModelSource, OpenModel } from './openModel'

interface Entry {
  readonly model: Promise<OpenModel>
  /** Calls that work with it now. */
  users: number
}

/** Models that stay open; so many are compared side by side. */
const openAtMost = 3

/** Keeps the models that were used last open, so that play goes on without reading and compiling them again. */
export class ModelCache {
  /** Oldest use first. */
  readonly #entries = new Map<string, Entry>()

  /**
   * Lets `work` use the model. A checkpoint that has vanished or was replaced since it was opened is noticed.
   *
   * @throws KwiatError when the checkpoint can't be used
   */
  async use<Result>(source: ModelSource, work: (model: OpenModel) => Promise<Result>): Promise<Result> {
    const key = await identityOf(source)
    const entry = this.#entries.get(key) ?? { model: OpenModel.open(source), users: 0 }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    entry.users++
    try {
      return await work(await entry.model)
    } catch (error) {
      await entry.model.catch(() => this.#entries.delete(key))
      throw error
    } finally {
      entry.users--
      await this.#closeOldest()
    }
  }

  /** Closes what nobody uses; to be called when all calls have ended. */
  async close(): Promise<void> {
    await this.#closeOldest(0)
  }

  async #closeOldest(kept = openAtMost): Promise<void> {
    const idle = [...this.#entries].filter(([, { users }]) => users === 0)
    for (const [key, { model }] of idle.slice(0, Math.max(0, this.#entries.size - kept))) {
      this.#entries.delete(key)
      await (await model).close()
    }
  }
}

/** Equal for equal weights: a checkpoint may be written again at the same place. */
async function identityOf({ checkpoint, snapshotOf, weights }: ModelSource): Promise<string> {
  if (snapshotOf !== undefined) {
    // Each snapshot has a folder of its own.
    return JSON.stringify([checkpoint, weights])
  }
  const { manifest } = await openCheckpoint(checkpoint)
  return JSON.stringify([checkpoint, weights, manifest.created, manifest.files])
}
