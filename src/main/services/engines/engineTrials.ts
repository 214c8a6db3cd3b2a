import type { EngineReport, EngineTrial, EngineTrialRequest } from '../../../shared/contract/engines'
import { type EngineChoice, type EngineId, engineIds } from '../../../shared/contract/training'
import { KwiatError } from '../../../shared/errors'
import type { SpawnProcess } from '../../process/ownedProcess'
import type { WorkshopClient } from '../../workshop/contract'
import { Workshop } from '../../workshop/owner'
import { reportFailure } from './probeEngine'

export interface TrialPorts {
  readonly spawnWorkshop: SpawnProcess
  /** The folder that the user named for TensorFlow's packages. */
  readonly tensorflowFolder: () => string | null
}

/** A driver that hangs must not keep the user waiting for ever. */
const probePatienceMs = 60_000

const tookTooLong = (id: EngineId, patienceMs: number): KwiatError =>
  new KwiatError('engine-failed', {
    who: `engine ${id}`,
    expected: `an answer within ${Math.round(patienceMs / 1000)} s`,
    actual: 'none',
    todo: 'choose another engine; a software GPU is slow, a driver that hangs wants an update'
  })

/** Tries engines, each in a process of its own: a fault in a driver ends that process only. */
export class EngineTrials {
  readonly #ports: TrialPorts

  constructor(ports: TrialPorts) {
    this.#ports = ports
  }

  /** Tries every engine with a small product whose result is known. Never rejects for what an engine does. */
  async probeAll(): Promise<EngineReport[]> {
    const reports: EngineReport[] = []
    for (const id of engineIds) {
      reports.push(await this.probe(id))
    }
    return reports
  }

  async probe(id: EngineId): Promise<EngineReport> {
    try {
      return await this.#inOwnProcess(id, probePatienceMs, (call) => call('engines/probe', this.choiceOf(id)))
    } catch (error) {
      return reportFailure(id, error)
    }
  }

  /**
   * Trains a model on an engine for so many seconds.
   *
   * @throws KwiatError for what is wrong with the engine; `engine-failed` where its process crashed or took longer than
   * `patienceMs`
   * @throws Cancelled
   */
  measure(request: EngineTrialRequest, patienceMs: number, signal?: AbortSignal): Promise<EngineTrial> {
    const { id, ...options } = request.engine
    const engine = { ...this.choiceOf(id), ...options }
    return this.#inOwnProcess(id, patienceMs, (call) =>
      call('engines/trial', { ...request, engine }, signal === undefined ? {} : { signal })
    )
  }

  /** The engine with what the user's settings say of it. */
  choiceOf(id: EngineId): EngineChoice {
    const tensorflowFolder = this.#ports.tensorflowFolder()
    return tensorflowFolder === null ? { id } : { id, tensorflowFolder }
  }

  async #inOwnProcess<Answer>(
    id: EngineId,
    patienceMs: number,
    ask: (call: WorkshopClient['call']) => Promise<Answer>
  ): Promise<Answer> {
    let lastWords = ''
    const workshop = new Workshop(this.#ports.spawnWorkshop, (line) => {
      lastWords = line
    })
    let isTooLate = false
    const timer = setTimeout(() => {
      isTooLate = true
      workshop.close()
    }, patienceMs)
    try {
      return await ask(workshop.call)
    } catch (error) {
      if (isTooLate) {
        throw tookTooLong(id, patienceMs)
      }
      throw error instanceof KwiatError && error.code === 'workshop-crashed' ? crashed(id, lastWords) : error
    } finally {
      clearTimeout(timer)
      workshop.close()
    }
  }
}

const crashed = (id: EngineId, lastWords: string): KwiatError =>
  new KwiatError('engine-failed', {
    who: `engine ${id}`,
    expected: 'its trial to end',
    actual: `the end of its process${lastWords === '' ? '' : ` (${lastWords})`}`,
    todo: 'update the graphics driver or choose another engine'
  })
