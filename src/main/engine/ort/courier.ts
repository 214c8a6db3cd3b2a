import type * as ort from 'onnxruntime-node'
import type { HostTensor, TensorSpec } from '../../../shared/tensor'
import { GraphBuilder } from '../../graph/ir/builder'
import { encodeGraph } from '../../graph/onnx/encodeGraph'
import type { Location, Runtime } from './runtime'
import { specOf, toHost, toOrt } from './tensors'

type Trip = 'to the device' | 'to the host'

const locations: Readonly<Record<Trip, Location>> = { 'to the device': 'gpu-buffer', 'to the host': 'cpu' }

/** y = x as a model. */
function identity({ dtype, shape }: TensorSpec): Uint8Array {
  const builder = new GraphBuilder()
  const y = builder.op('Identity', [builder.input('x', dtype, shape)], {})
  return encodeGraph({ outputs: new Map([['y', y]]) }, 'copy')
}

/**
 * Carries tensors to a device and back by a session that computes y = x for each type and shape: the runtime's own
 * `getData` on a tensor of a device ends the process (onnxruntime-node 1.30.0: `terminate called after throwing an
 * instance of 'char const*'`).
 */
export class Courier {
  readonly #runtime: Runtime
  readonly #sessions = new Map<string, Promise<ort.InferenceSession>>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  bring(tensor: HostTensor): Promise<ort.Tensor> {
    return this.#carry('to the device', tensor, toOrt(tensor))
  }

  async fetch(tensor: ort.Tensor): Promise<HostTensor> {
    return toHost(await this.#carry('to the host', specOf(tensor), tensor))
  }

  async dispose(): Promise<void> {
    const sessions = await Promise.all([...this.#sessions.values()])
    this.#sessions.clear()
    await Promise.all(sessions.map((session) => session.release()))
  }

  async #carry(trip: Trip, spec: TensorSpec, x: ort.Tensor): Promise<ort.Tensor> {
    const key = `${trip} ${spec.dtype} ${spec.shape}`
    const session = this.#sessions.get(key) ?? this.#runtime.open('copy', identity(spec), { y: locations[trip] })
    this.#sessions.set(key, session)
    const { y } = await this.#runtime.call('copy', await session, { x }, { y: null })
    return y!
  }
}
