import type { HostTensor } from '../../../shared/tensor'
import { compile } from '../../graph/compile'
import type { Program } from '../../step/program'
import type { Engine, EngineState, Executable, PrepareOptions, Transfers } from '../engine'
import { Courier } from './courier'
import { DeviceState } from './deviceState'
import { HostState } from './hostState'
import { OrtExecutable } from './ortExecutable'
import { type ProviderId, providers } from './providers'
import { Runtime, runtimeVersion } from './runtime'

export interface OrtOptions {
  readonly provider?: ProviderId
  /** Threads of one operator; the runtime's own choice (one a core) when left out. */
  readonly threads?: number
  /** Names the layer that is being applied while a program is traced; for errors and profiles. */
  readonly currentLayer?: () => string | undefined
}

/** Runs compiled programs on one of onnxruntime's providers. */
class OrtEngine implements Engine {
  readonly id: ProviderId
  readonly description: string
  readonly tolerance: number
  readonly isDevice: boolean
  readonly movesState: boolean
  readonly #runtime: Runtime
  readonly #courier: Courier
  readonly #currentLayer: () => string | undefined
  /** Everything prepared; a session holds native memory that no garbage collector frees. */
  readonly #prepared: Pick<Executable, 'dispose'>[] = []

  constructor({ provider: id = 'cpu', threads, currentLayer = () => undefined }: OrtOptions) {
    const provider = providers[id]
    this.id = id
    this.tolerance = provider.tolerance
    this.isDevice = provider.isDevice
    this.movesState = provider.isDevice && !provider.keepsState
    this.#runtime = new Runtime(provider, threads)
    this.#courier = new Courier(this.#runtime)
    this.#currentLayer = currentLayer
    const onThreads = threads === undefined ? 'a thread a core' : `${threads} threads`
    this.description = `onnxruntime ${runtimeVersion} on ${provider.isDevice ? provider.label : `cpu, ${onThreads}`}`
  }

  get transfers(): Transfers {
    return this.#runtime.transfers
  }

  async prepare<Input extends string, Output extends string>(
    program: Program<Input, Output>,
    { inOneCall = false }: PrepareOptions = {}
  ): Promise<Executable<Input, Output>> {
    const startMs = performance.now()
    const { target, keepsState } = this.#runtime.provider
    const loops = inOneCall && !keepsState
    const compiled = compile(program, { target, currentLayer: this.#currentLayer, loops })
    const executable = await OrtExecutable.open(this.#runtime, program, compiled, { loops, startMs })
    this.#prepared.push(executable)
    return executable
  }

  async createState(tensors: ReadonlyMap<string, HostTensor>): Promise<EngineState> {
    return this.#runtime.provider.keepsState ? DeviceState.create(this.#courier, tensors) : new HostState(tensors)
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#prepared.splice(0).map((executable) => executable.dispose()))
    await this.#courier.dispose()
  }
}

/** Creates the engine that compiles programs and runs them with onnxruntime, on its CPU provider unless told otherwise. */
export const createOrtEngine = (options: OrtOptions = {}): Engine => new OrtEngine(options)
