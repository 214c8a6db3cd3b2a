import * as ort from 'onnxruntime-node'
import type { Transfers } from '../engine'
import { engineFailure, notForThisSystem } from './failures'
import type { Provider } from './providers'

export type Location = 'cpu' | 'gpu-buffer'

type Tensors = Readonly<Record<string, ort.Tensor>>

export const runtimeVersion = ort.env.versions.node ?? ort.env.versions.common

/** Bytes of the tensors that are in this process' memory. */
const hostBytes = (tensors: readonly (ort.Tensor | null)[]): number =>
  tensors.reduce((sum, tensor) => sum + (tensor?.location === 'cpu' ? byteLength(tensor) : 0), 0)

const byteLength = ({ data }: ort.Tensor): number => (ArrayBuffer.isView(data) ? data.byteLength : 0)

/** Opens sessions on one provider and calls them; failures come out with Kwiat's codes, and traffic is counted. */
export class Runtime {
  readonly provider: Provider
  readonly #threads: number | undefined
  #bytesToDevice = 0
  #bytesFromDevice = 0

  constructor(provider: Provider, threads: number | undefined) {
    this.provider = provider
    this.#threads = threads
    // A device without memory tells of each of a thousand commands; what is thrown says it once.
    ort.env.logLevel = 'fatal'
  }

  get transfers(): Transfers {
    return { bytesToDevice: this.#bytesToDevice, bytesFromDevice: this.#bytesFromDevice }
  }

  /**
   * @param name for messages
   * @param outputs where each output is to be, on providers that keep state
   * @throws KwiatError `engine-unavailable`, `out-of-memory`, `engine-failed`
   */
  async open(
    name: string,
    model: Uint8Array,
    outputs: Readonly<Record<string, Location>>,
    options: ort.InferenceSession.SessionOptions = {}
  ): Promise<ort.InferenceSession> {
    const { provider } = this
    const system = `${process.platform}/${process.arch}`
    if (!provider.systems.includes(system)) {
      throw notForThisSystem(provider, system)
    }
    try {
      return await ort.InferenceSession.create(model, {
        executionProviders: [provider.execution],
        graphOptimizationLevel: 'all',
        // Warnings tell of each operator that is left to the CPU on purpose, as shapes are.
        logSeverityLevel: 3,
        // Patterns keep one block for the whole graph beside the arena of the first run: twice the memory.
        enableMemPattern: false,
        ...(provider.keepsState ? { preferredOutputLocation: outputs } : {}),
        ...(this.#threads === undefined ? {} : { intraOpNumThreads: this.#threads }),
        ...options
      })
    } catch (error) {
      throw engineFailure(provider, name, error)
    }
  }

  /** @throws KwiatError `out-of-memory`, `device-lost`, `engine-failed` */
  async call(
    name: string,
    session: ort.InferenceSession,
    feeds: Tensors,
    fetches: Readonly<Record<string, ort.Tensor | null>>
  ): Promise<Tensors> {
    try {
      const outputs = await session.run(feeds, fetches)
      this.#count(Object.values(feeds), Object.values(outputs))
      return outputs
    } catch (error) {
      throw engineFailure(this.provider, name, error)
    }
  }

  #count(fed: readonly ort.Tensor[], fetched: readonly ort.Tensor[]): void {
    if (this.provider.isDevice) {
      this.#bytesToDevice += hostBytes(fed)
      this.#bytesFromDevice += hostBytes(fetched)
    }
  }
}
