import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError } from '../../shared/errors'
import type { HostTensor } from '../../shared/tensor'
import { stepName } from '../checkpoints/checkpointPaths'
import { prefixOf, type StateFile } from '../checkpoints/manifest'
import { encodeSafetensors } from '../checkpoints/safetensors'
import type { EngineState } from '../engine/engine'
import type { Networks } from '../model/network'

/** The generator of a run in training, both averaged and newest, in files as a checkpoint has them. */
export interface Snapshot {
  readonly folder: string
  readonly step: number
}

/** How a request for a snapshot ended. */
export type SnapshotOutcome = Snapshot | { readonly problem: string }

const files: readonly StateFile[] = ['ema.safetensors', 'generator.safetensors']

/** A snapshot may take this share of the training's time. */
const shareAtMost = 0.04

/**
 * Gives snapshots of the generator while it trains. They are written while training goes on, and the next one waits until
 * the last one's time is a small share of all: training is never slowed down by more than that.
 */
export class Snapshots {
  readonly #onOutcome: (outcome: SnapshotOutcome) => void
  #parent: string | null = null
  #isBusy = false
  #notBeforeMs = Number.NEGATIVE_INFINITY

  /** @param onOutcome told once for each request */
  constructor(onOutcome: (outcome: SnapshotOutcome) => void) {
    this.#onOutcome = onOutcome
  }

  /** Asks for a snapshot in a folder of its own in `parent`; one at a time. */
  request(parent: string): void {
    this.#parent = parent
  }

  /** Takes the snapshot that was asked for, if it is time; to be called between two steps. */
  async give({ ema, generator }: Networks, state: EngineState, step: number): Promise<void> {
    const parent = this.#parent
    const startMs = performance.now()
    if (parent === null || this.#isBusy || startMs < this.#notBeforeMs) {
      return
    }
    this.#parent = null
    this.#isBusy = true
    const tensors = await state.read([...ema.variables.keys(), ...generator.variables.keys()])
    // Not waited for: the next step begins meanwhile.
    void this.#write(parent, tensors, step).then((outcome) => {
      const tookMs = performance.now() - startMs
      this.#notBeforeMs = startMs + tookMs / shareAtMost
      this.#isBusy = false
      this.#onOutcome(outcome)
    })
  }

  /** Never rejects. */
  async #write(parent: string, tensors: ReadonlyMap<string, HostTensor>, step: number): Promise<SnapshotOutcome> {
    const folder = join(parent, stepName(step))
    try {
      await mkdir(folder, { recursive: true })
      for (const file of files) {
        const own = [...tensors].filter(([name]) => name.startsWith(prefixOf(file)))
        await writeFile(join(folder, file), encodeSafetensors(new Map(own)))
      }
      return { folder, step }
    } catch (error) {
      return { problem: describeError(error) }
    }
  }
}
