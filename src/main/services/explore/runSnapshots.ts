import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KwiatError } from '../../../shared/errors'
import type { Snapshot } from '../../train/snapshots'

/** Snapshots of a run that are kept, so that one that is being read isn't removed under the reader's hands. */
const keptAtMost = 2

/** Has a run's trainer write a snapshot below `parent`. */
export type TakeSnapshot = (run: string, parent: string) => Promise<Snapshot>

/** The newest snapshots of runs in training, in the system's folder for temporary files. */
export class RunSnapshots {
  readonly #take: TakeSnapshot
  /** By the run's id, newest last. */
  readonly #taken = new Map<string, readonly Snapshot[]>()
  #root: Promise<string> | null = null

  constructor(take: TakeSnapshot) {
    this.#take = take
  }

  /** @throws KwiatError `run-not-training` */
  async take(run: string): Promise<Snapshot> {
    this.#root ??= mkdtemp(join(tmpdir(), 'kwiat-snapshots-'))
    const parent = join(await this.#root, `${run}-${randomBytes(4).toString('hex')}`)
    const snapshot = await this.#take(run, parent)
    const all = [...(this.#taken.get(run) ?? []), snapshot]
    this.#taken.set(run, all.slice(-keptAtMost))
    await Promise.all(all.slice(0, -keptAtMost).map(({ folder }) => removeQuietly(folder)))
    return snapshot
  }

  /** @throws KwiatError `checkpoint-not-found` when none was taken */
  newest(run: string): Snapshot {
    const snapshot = this.#taken.get(run)?.at(-1)
    if (snapshot === undefined) {
      throw new KwiatError('checkpoint-not-found', {
        who: `run ${run}`,
        expected: 'a snapshot of the model in training',
        actual: 'none yet',
        todo: 'take one while it trains'
      })
    }
    return snapshot
  }

  /** Removes all of them. */
  async close(): Promise<void> {
    const root = await this.#root
    if (root !== null) {
      await removeQuietly(root)
    }
  }
}

/** What can't be removed now, the system removes with its other temporary files. */
const removeQuietly = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true }).catch(() => undefined)
