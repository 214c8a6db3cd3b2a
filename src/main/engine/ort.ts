import * as ort from 'onnxruntime-node'
import { KwiatError } from '../../shared/errors'
import { keysOf, recordOf } from '../../shared/records'
import { type HostTensor, sizeOf, type TensorData } from '../../shared/tensor'
import { type CompiledProgram, compile } from '../graph/compile'
import { inputsOf } from '../graph/ir/value'
import { oneInput } from '../graph/onnx/encodeGraph'
import { nextName } from '../graph/trace/traceProgram'
import type { Program } from '../step/program'
import type { Engine, EngineState, Executable } from './engine'

export interface OrtOptions {
  /** Threads of one operator; the runtime's own choice (one a core) when left out. */
  readonly threads?: number
  /** Names the layer that is being applied while a program is traced; for errors and profiles. */
  readonly currentLayer?: () => string | undefined
}

const emptyOf = {
  float32: (size: number) => new Float32Array(size),
  int32: (size: number) => new Int32Array(size),
  uint8: (size: number) => new Uint8Array(size),
  bool: (size: number) => new Uint8Array(size)
} as const

const one = new ort.Tensor('int64', BigInt64Array.of(1n), [1])

const toOrt = ({ dtype, data, shape }: HostTensor): ort.Tensor => new ort.Tensor(dtype, data, shape)

function toHost(tensor: ort.Tensor): HostTensor {
  const { type, data, dims } = tensor
  const known = type === 'float32' || type === 'int32' || type === 'uint8' || type === 'bool'
  if (!known || !(data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array)) {
    throw new Error(`ort: expected a tensor of float32, int32, uint8 or bool, got ${type}`)
  }
  const copy: TensorData = data.slice()
  return { dtype: type, shape: dims, data: copy }
}

const emptyLike = ({ dtype, shape }: HostTensor): ort.Tensor =>
  toOrt({ dtype, shape, data: emptyOf[dtype](sizeOf(shape)) })

/**
 * Tensors in the memory of this process, each twice where programs assign it: what a step reads, and where it writes.
 * After the step the two change places, so that nothing is allocated or copied between steps, and a step that fails
 * leaves the state as it was.
 */
class OrtState implements EngineState {
  readonly #current: Map<string, ort.Tensor>
  readonly #spare = new Map<string, ort.Tensor>()

  constructor(tensors: ReadonlyMap<string, HostTensor>) {
    this.#current = new Map(
      Array.from(tensors, ([name, tensor]) => [name, toOrt({ ...tensor, data: tensor.data.slice() })])
    )
  }

  get(name: string): ort.Tensor {
    const tensor = this.#current.get(name)
    if (tensor === undefined) {
      throw new Error(`ort: expected state with ${name}, got one without`)
    }
    return tensor
  }

  /** The tensor that the next value of `name` is written to. */
  spareOf(name: string): ort.Tensor {
    const spare = this.#spare.get(name) ?? emptyLike(toHost(this.get(name)))
    this.#spare.set(name, spare)
    return spare
  }

  /** Makes what was written to the spares of `names` current. */
  swap(names: readonly string[]): void {
    for (const name of names) {
      const spare = this.spareOf(name)
      this.#spare.set(name, this.get(name))
      this.#current.set(name, spare)
    }
  }

  async read(names: readonly string[] = [...this.#current.keys()]): Promise<Map<string, HostTensor>> {
    return new Map(names.map((name) => [name, toHost(this.get(name))]))
  }

  async dispose(): Promise<void> {
    this.#current.clear()
    this.#spare.clear()
  }
}

class OrtExecutable<Input extends string, Output extends string> implements Executable<Input, Output> {
  readonly facts: Executable['facts']
  readonly #program: Program<Input, Output>
  readonly #session: ort.InferenceSession
  readonly #assigned: readonly string[]
  readonly #stateNames: readonly string[]
  #isReleased = false

  constructor(
    program: Program<Input, Output>,
    compiled: CompiledProgram,
    session: ort.InferenceSession,
    compileMs: number
  ) {
    this.facts = { compileMs, nodes: compiled.nodes, flops: compiled.flops }
    this.#program = program
    this.#session = session
    this.#assigned = compiled.assigned
    this.#stateNames = inputsOf(compiled.graph)
      .map(({ name }) => name)
      .filter((name) => program.variables.has(name))
  }

  async run(state: EngineState, inputs: Readonly<Record<Input, HostTensor>>): Promise<Record<Output, HostTensor>> {
    if (!(state instanceof OrtState)) {
      throw new Error('ort: expected state made by this engine, got another engine’s')
    }
    const outputs = await this.#call(this.#feeds(state, inputs), this.#fetches(state))
    state.swap(this.#assigned)
    return recordOf(this.#program.outputs, (name) => toHost(outputs[name]!))
  }

  async dispose(): Promise<void> {
    if (!this.#isReleased) {
      this.#isReleased = true
      await this.#session.release()
    }
  }

  #feeds(state: OrtState, inputs: Readonly<Record<Input, HostTensor>>): Record<string, ort.Tensor> {
    const fed: ReadonlySet<string> = new Set(this.#session.inputNames)
    const given = keysOf(inputs).filter((name) => fed.has(name))
    return {
      ...(fed.has(oneInput) ? { [oneInput]: one } : {}),
      ...recordOf(given, (name) => toOrt(inputs[name])),
      ...recordOf(this.#stateNames, (name) => state.get(name))
    }
  }

  #fetches(state: OrtState): Record<string, ort.Tensor | null> {
    const next = new Map(this.#assigned.map((name) => [nextName(name), state.spareOf(name)]))
    return recordOf(this.#session.outputNames, (name) => next.get(name) ?? null)
  }

  async #call(feeds: Record<string, ort.Tensor>, fetches: Record<string, ort.Tensor | null>) {
    try {
      return await this.#session.run(feeds, fetches)
    } catch (error) {
      throw engineFailed(this.#program.name, error)
    }
  }
}

const engineFailed = (who: string, error: unknown): KwiatError =>
  new KwiatError(
    'engine-failed',
    {
      who: `onnxruntime (${who})`,
      expected: 'the step to run',
      actual: error instanceof Error ? error.message : String(error),
      todo: 'lower the batch size if memory ran out, or choose another engine'
    },
    error
  )

/** Runs compiled programs on onnxruntime's CPU provider. */
class OrtEngine implements Engine {
  readonly id = 'cpu'
  readonly description: string
  // Winograd-style convolutions round differently from a plain sum; measured up to 2e-5 of the largest element.
  readonly tolerance = 1e-4
  readonly #options: OrtOptions
  /** Everything prepared; a session holds native memory that no garbage collector frees. */
  readonly #prepared: Pick<Executable, 'dispose'>[] = []

  constructor(options: OrtOptions) {
    this.#options = options
    const threads = options.threads === undefined ? 'a thread a core' : `${options.threads} threads`
    this.description = `onnxruntime ${ort.env.versions.node ?? ort.env.versions.common} on cpu, ${threads}`
  }

  async prepare<Input extends string, Output extends string>(
    program: Program<Input, Output>
  ): Promise<Executable<Input, Output>> {
    const start = performance.now()
    const compiled = compile(program, {
      target: 'cpu',
      currentLayer: this.#options.currentLayer ?? (() => undefined)
    })
    const session = await this.#open(program.name, compiled.model)
    const executable = new OrtExecutable(program, compiled, session, performance.now() - start)
    this.#prepared.push(executable)
    return executable
  }

  async createState(tensors: ReadonlyMap<string, HostTensor>): Promise<EngineState> {
    return new OrtState(tensors)
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#prepared.splice(0).map((executable) => executable.dispose()))
  }

  async #open(name: string, model: Uint8Array): Promise<ort.InferenceSession> {
    const { threads } = this.#options
    try {
      return await ort.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        // Patterns keep one block for the whole graph beside the arena of the first run: twice the memory.
        enableMemPattern: false,
        ...(threads === undefined ? {} : { intraOpNumThreads: threads })
      })
    } catch (error) {
      throw engineFailed(name, error)
    }
  }
}

/** Creates the engine that compiles programs and runs them with onnxruntime. */
export const createOrtEngine = (options: OrtOptions = {}): Engine => new OrtEngine(options)
