import * as tf from '@tensorflow/tfjs-core'
import { keysOf, recordOf } from '../../../shared/records'
import type { HostTensor, TensorData } from '../../../shared/tensor'
import type { Program } from '../../step/program'
import type { Engine, EngineState, Executable } from '../engine'

const tensorOf = ({ data, dtype, shape }: HostTensor): tf.Tensor =>
  dtype === 'uint8' ? tf.tensor(Int32Array.from(data), [...shape], 'int32') : tf.tensor(data, [...shape], dtype)

async function toHost(tensor: tf.Tensor): Promise<HostTensor> {
  const { dtype, shape } = tensor
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new Error(`eager: expected float32, int32 or bool, got ${dtype}`)
  }
  // The JavaScript backend hands out its own array.
  const data: TensorData = (await tensor.data()).slice()
  return { dtype, shape, data }
}

/** Tensors of a tfjs backend by name. */
class EagerState implements EngineState {
  readonly #backend: string
  readonly #tensors: Map<string, tf.Tensor>

  constructor(backend: string, tensors: ReadonlyMap<string, HostTensor>) {
    this.#backend = backend
    this.#tensors = new Map(Array.from(tensors, ([name, tensor]) => [name, tensorOf(tensor)]))
  }

  get(name: string): tf.Tensor {
    const tensor = this.#tensors.get(name)
    if (tensor === undefined) {
      throw new Error(`${this.#backend}: expected state with ${name}, got one without`)
    }
    return tensor
  }

  /** Takes over what the variable holds now. */
  take(name: string, variable: tf.Variable): void {
    this.#tensors.get(name)?.dispose()
    this.#tensors.set(name, tf.keep(tf.clone(variable)))
  }

  async read(names: readonly string[] = [...this.#tensors.keys()]): Promise<Map<string, HostTensor>> {
    const tensors = await Promise.all(names.map(async (name) => [name, await toHost(this.get(name))] as const))
    return new Map(tensors)
  }

  async dispose(): Promise<void> {
    for (const tensor of this.#tensors.values()) {
      tensor.dispose()
    }
    this.#tensors.clear()
  }
}

/** A registered backend of tfjs, and what people and reports are told of it. */
export interface EagerBackend {
  readonly id: string
  readonly description: string
  /** As "cpu" for tfjs' JavaScript one. */
  readonly backend: string
}

/** Runs programs kernel by kernel on a tfjs backend: on its JavaScript one, the reference for every other engine. */
class EagerEngine implements Engine {
  readonly id: string
  readonly description: string
  readonly tolerance = 1e-6
  // The backend keeps its tensors wherever it computes, and copies what `read` asks for.
  readonly isDevice = false
  readonly movesState = false
  readonly transfers = { bytesToDevice: 0, bytesFromDevice: 0 }
  readonly #backend: string

  constructor({ id, description, backend }: EagerBackend) {
    this.id = id
    this.#backend = backend
    this.description = description
  }

  async prepare<Input extends string, Output extends string>(
    program: Program<Input, Output>
  ): Promise<Executable<Input, Output>> {
    const run = async (state: EngineState, inputs: Readonly<Record<Input, HostTensor>>) => {
      if (!(state instanceof EagerState)) {
        throw new Error('eager: expected state made by this engine, got another engine’s')
      }
      await tf.setBackend(this.#backend)
      return runEagerly(program, state, inputs)
    }
    return {
      facts: {},
      run,
      runAll: async (state, inputs) => {
        const outputs: Record<Output, HostTensor>[] = []
        for (const each of inputs) {
          outputs.push(await run(state, each))
        }
        return outputs
      },
      dispose: async () => {}
    }
  }

  async createState(tensors: ReadonlyMap<string, HostTensor>): Promise<EngineState> {
    await tf.setBackend(this.#backend)
    return new EagerState(this.#backend, tensors)
  }

  async dispose(): Promise<void> {}
}

async function runEagerly<Input extends string, Output extends string>(
  program: Program<Input, Output>,
  state: EagerState,
  inputs: Readonly<Record<Input, HostTensor>>
): Promise<Record<Output, HostTensor>> {
  program.variables.forEach((variable, name) => {
    variable.assign(state.get(name))
  })
  const outputs = tf.tidy(() => program.run(recordOf(keysOf(inputs), (name) => tensorOf(inputs[name]))))
  program.variables.forEach((variable, name) => {
    state.take(name, variable)
  })
  const read = new Map<Output, HostTensor>()
  for (const name of program.outputs) {
    read.set(name, await toHost(outputs[name]))
    outputs[name].dispose()
  }
  return recordOf(program.outputs, (name) => read.get(name)!)
}

/** Creates the engine that runs programs kernel by kernel. */
export const createEagerEngine = (backend: EagerBackend): Engine => new EagerEngine(backend)

/** tfjs' JavaScript backend, the reference. */
export const javaScriptBackend: EagerBackend = {
  id: 'eager',
  description: `tfjs ${tf.version_core}, kernel by kernel in JavaScript`,
  backend: 'cpu'
}
