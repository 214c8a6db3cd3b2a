import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import type { Adapter, EngineTrial, EngineTrialRequest } from '../../../shared/contract/engines'
import { type EngineChoice, type EngineId, type EngineWish, engineIds } from '../../../shared/contract/training'
import { Cancelled, describeError } from '../../../shared/errors'
import { mayHaveTensorflow } from '../../engine/eager/tensorflow'
import { mayHaveProvider } from '../../engine/ort/providers'
import { versions } from '../../train/versions'
import { findAdapters } from './adapters'
import { EngineMemory, fingerprintOf, type Remembered } from './engineMemory'

/** How long each engine is measured. */
const trialSeconds = 2
/** An engine that has not done its first steps by then is too slow to be chosen. */
const patienceMs = 30_000

export interface ChooserPorts {
  /** Measures an engine; rejects where it doesn't work. */
  readonly measure: (request: EngineTrialRequest, patienceMs: number) => Promise<EngineTrial>
  readonly choiceOf: (id: EngineId) => EngineChoice
  readonly memoryFile: string
  /** Tells what was measured, in words. */
  readonly onNote: (note: string) => void
  readonly findAdapters?: () => Promise<readonly Adapter[]>
}

/** The engine with the most pictures a second; null where none worked. */
export function fastestOf(picturesPerSecond: Remembered['picturesPerSecond']): EngineId | null {
  const measured = engineIds.flatMap((id) => {
    const rate = picturesPerSecond[id]
    return rate === undefined || rate === null ? [] : [{ id, rate }]
  })
  return (
    measured.reduce<(typeof measured)[number] | null>(
      (best, other) => (best === null || other.rate > best.rate ? other : best),
      null
    )?.id ?? null
  )
}

/** Engines that are worth a trial here: those whose library is there, and a GPU's where the system tells of a GPU. */
export const candidatesAmong = (adapters: readonly Adapter[], tensorflowFolder: string | undefined): EngineId[] =>
  engineIds.filter((id) => {
    switch (id) {
      case 'eager':
        return false
      case 'tfjs-node':
      case 'tfjs-node-gpu':
        return mayHaveTensorflow(id, tensorflowFolder)
      case 'cpu':
        return true
      default:
        return adapters.length > 0 && mayHaveProvider(id)
    }
  })

/** Finds the engine for a run: the one that was asked for, or the fastest for its model on this computer. */
export class EngineChooser {
  readonly #ports: ChooserPorts
  readonly #memory: EngineMemory

  constructor(ports: ChooserPorts) {
    this.#ports = ports
    this.#memory = new EngineMemory(ports.memoryFile)
  }

  /** Measures the candidates unless they were measured for such a model on this computer before. */
  async choose({ id, threads }: EngineWish, configuration: RunConfiguration): Promise<EngineChoice> {
    const chosen = id === 'auto' ? await this.#fastest(configuration, threads) : id
    return { ...this.#ports.choiceOf(chosen), ...(threads === undefined ? {} : { threads }) }
  }

  async #fastest(configuration: RunConfiguration, threads: number | undefined): Promise<EngineId> {
    const adapters = await (this.#ports.findAdapters ?? findAdapters)()
    const candidates = candidatesAmong(adapters, this.#ports.choiceOf('tfjs-node').tensorflowFolder)
    if (candidates.length === 1) {
      return candidates[0]!
    }
    const fingerprint = fingerprintOf({ configuration, threads, adapters, versions })
    const known = await this.#memory.recall(fingerprint)
    if (known !== null) {
      return known.engine
    }
    const picturesPerSecond = await this.#measureAll(candidates, configuration, threads)
    const engine = fastestOf(picturesPerSecond) ?? 'cpu'
    await this.#memory.remember(fingerprint, { engine, picturesPerSecond })
    return engine
  }

  async #measureAll(candidates: readonly EngineId[], configuration: RunConfiguration, threads: number | undefined) {
    const rates: Remembered['picturesPerSecond'] = {}
    for (const id of candidates) {
      const engine = { ...this.#ports.choiceOf(id), ...(threads === undefined ? {} : { threads }) }
      try {
        const trial = await this.#ports.measure({ engine, configuration, seconds: trialSeconds }, patienceMs)
        rates[id] = trial.picturesPerSecond
        this.#ports.onNote(`Engine ${id}: ${trial.picturesPerSecond.toPrecision(3)} pictures a second.`)
      } catch (error) {
        if (error instanceof Cancelled) {
          throw error
        }
        rates[id] = null
        this.#ports.onNote(`Engine ${id} was passed over: ${describeError(error)}`)
      }
    }
    return rates
  }
}
