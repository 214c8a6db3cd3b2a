import * as ort from 'onnxruntime-node'
import { keysOf, recordOf } from '../../../shared/records'
import type { HostTensor } from '../../../shared/tensor'
import type { CompiledProgram } from '../../graph/compile'
import { inputsOf } from '../../graph/ir/value'
import { oneInput } from '../../graph/onnx/encodeGraph'
import { callsInput } from '../../graph/onnx/encodeLoop'
import { nextName } from '../../graph/trace/traceProgram'
import type { Program } from '../../step/program'
import type { EngineState, Executable, Fallback } from '../engine'
import { isOrtState, type OrtState } from './ortState'
import { Profile } from './profile'
import type { Runtime } from './runtime'
import { stack, toHost, toOrt, unstack } from './tensors'

const int64 = (value: number, shape: readonly number[]): ort.Tensor =>
  new ort.Tensor('int64', BigInt64Array.of(BigInt(value)), shape)

const one = int64(1, [1])

type Inputs<Input extends string> = Readonly<Record<Input, HostTensor>>
type Outputs<Output extends string> = Record<Output, HostTensor>

interface OpenOptions {
  /** Whether the model makes several runs in one call. */
  readonly loops: boolean
  /** When compiling began. */
  readonly startMs: number
}

/** A compiled program in a session of onnxruntime. */
export class OrtExecutable<Input extends string, Output extends string> implements Executable<Input, Output> {
  readonly #runtime: Runtime
  readonly #program: Program<Input, Output>
  readonly #session: ort.InferenceSession
  readonly #compiled: CompiledProgram
  readonly #loops: boolean
  readonly #compileMs: number
  readonly #stateNames: readonly string[]
  #profile: Profile | undefined
  #fallbacks: readonly Fallback[] | undefined
  #isReleased = false

  private constructor(
    runtime: Runtime,
    program: Program<Input, Output>,
    compiled: CompiledProgram,
    session: ort.InferenceSession,
    { loops, startMs }: OpenOptions,
    profile: Profile | undefined
  ) {
    this.#runtime = runtime
    this.#program = program
    this.#session = session
    this.#compiled = compiled
    this.#loops = loops
    this.#compileMs = performance.now() - startMs
    this.#stateNames = inputsOf(compiled.graph)
      .map(({ name }) => name)
      .filter((name) => program.variables.has(name))
    this.#profile = profile
  }

  static async open<Input extends string, Output extends string>(
    runtime: Runtime,
    program: Program<Input, Output>,
    compiled: CompiledProgram,
    options: OpenOptions
  ): Promise<OrtExecutable<Input, Output>> {
    const next = new Set(compiled.assigned.map(nextName))
    const outputs = recordOf([...compiled.graph.outputs.keys()], (name) => (next.has(name) ? 'gpu-buffer' : 'cpu'))
    const profile = runtime.provider.isDevice ? Profile.begin() : undefined
    const session = await runtime.open(program.name, compiled.model, outputs, profile?.options)
    return new OrtExecutable(runtime, program, compiled, session, options, profile)
  }

  get facts(): Executable['facts'] {
    const { nodes, flops } = this.#compiled
    const fallbacks = this.#fallbacks
    return { compileMs: this.#compileMs, nodes, flops, ...(fallbacks === undefined ? {} : { fallbacks }) }
  }

  async runAll(state: EngineState, inputs: readonly Inputs<Input>[]): Promise<Outputs<Output>[]> {
    const own = ownState(state)
    if (this.#loops) {
      return this.#runLoop(own, inputs)
    }
    const outputs: Outputs<Output>[] = []
    for (const each of inputs) {
      outputs.push(await this.#runOnce(own, each))
    }
    return outputs
  }

  async run(state: EngineState, inputs: Inputs<Input>): Promise<Outputs<Output>> {
    const [outputs] = await this.runAll(state, [inputs])
    return outputs!
  }

  async dispose(): Promise<void> {
    if (!this.#isReleased) {
      this.#isReleased = true
      await this.#session.release()
      await this.#profile?.discard()
    }
  }

  async #runOnce(state: OrtState, inputs: Inputs<Input>): Promise<Outputs<Output>> {
    const outputs = await this.#call(
      state,
      this.#given(keysOf(inputs), (name) => inputs[name])
    )
    return recordOf(this.#program.outputs, (name) => toHost(outputs[name]!))
  }

  /** All runs as one call: their inputs stacked, and so are their outputs. */
  async #runLoop(state: OrtState, inputs: readonly Inputs<Input>[]): Promise<Outputs<Output>[]> {
    if (inputs.length === 0) {
      return []
    }
    const stacked = this.#given(keysOf(inputs[0]!), (name) => stack(inputs.map((each) => each[name])))
    const outputs = await this.#call(state, { ...stacked, [callsInput]: int64(inputs.length, []) })
    const parts = new Map(this.#program.outputs.map((name) => [name, unstack(toHost(outputs[name]!))]))
    return inputs.map((_, i) => recordOf(this.#program.outputs, (name) => parts.get(name)![i]!))
  }

  /** Those of the program's inputs that its graph reads. */
  #given(names: readonly Input[], tensorFor: (name: Input) => HostTensor): Record<string, ort.Tensor> {
    const read = names.filter((name) => this.#session.inputNames.includes(name))
    return recordOf(read, (name) => toOrt(tensorFor(name)))
  }

  async #call(state: OrtState, given: Record<string, ort.Tensor>): Promise<Readonly<Record<string, ort.Tensor>>> {
    const feeds = {
      ...(this.#session.inputNames.includes(oneInput) ? { [oneInput]: one } : {}),
      ...given,
      ...recordOf(this.#stateNames, (name) => state.get(name))
    }
    const places = new Map(this.#compiled.assigned.map((name) => [nextName(name), state.placeFor(name)]))
    const fetches = recordOf(this.#session.outputNames, (name) => places.get(name) ?? null)
    const outputs = await this.#runtime.call(this.#program.name, this.#session, feeds, fetches)
    state.replace(new Map(this.#compiled.assigned.map((name) => [name, outputs[nextName(name)]!])))
    await this.#readProfile()
    return outputs
  }

  /** The first call tells where each operator ran. */
  async #readProfile(): Promise<void> {
    const profile = this.#profile
    if (profile !== undefined) {
      this.#profile = undefined
      this.#session.endProfiling()
      this.#fallbacks = await profile.fallbacks()
    }
  }
}

function ownState(state: EngineState): OrtState {
  if (!isOrtState(state)) {
    throw new Error('ort: expected state made by this engine, got another engine’s')
  }
  return state
}
