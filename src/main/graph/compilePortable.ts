import type { HostTensor } from '../../shared/tensor'
import type { Program } from '../step/program'
import { optimize, trace } from './compile'
import { findFreeShapes } from './ir/freeShapes'
import type { ElementType } from './ir/ops'
import { type Graph, type OpValue, valuesOf } from './ir/value'
import { encodeGraph } from './onnx/encodeGraph'
import type { TraceOptions } from './trace/trace'

/** A program as an ONNX file that stands by itself, for other programs. */
export interface PortableModel {
  readonly bytes: Uint8Array
  /** Null where the first dimension is open, so that any number of rows can be asked for at once. */
  readonly fixedBatch: { readonly size: number; readonly reason: string } | null
}

export interface PortableOptions extends Pick<TraceOptions, 'currentLayer'> {
  /** What other tools show for the model. */
  readonly name: string
  /** The state, which becomes part of the file. */
  readonly values: ReadonlyMap<string, HostTensor>
  /** Outputs that leave the file in another element type than the program gives them. */
  readonly outputTypes: Readonly<Record<string, ElementType>>
  /** Free texts about the model. */
  readonly metadata: Readonly<Record<string, string>>
  readonly producerVersion: string
}

/** Two batches that no other length of a network depends on; more than 1, since a length of 1 is no length to a shape. */
const tracedBatches = [2, 3] as const

/**
 * Compiles a program with its state in it, and with an open batch where nothing in it depends on the batch. Convolutions
 * stay ONNX' own operators, which every runtime has fast code for.
 *
 * @param programFor the program for so many rows
 * @throws KwiatError `kernel-missing`, `step-reads-values`
 */
export function compilePortable(programFor: (batch: number) => Program, options: PortableOptions): PortableModel {
  const graphFor = (batch: number): Graph => {
    const { graph } = trace(programFor(batch), { target: 'gpu', currentLayer: options.currentLayer })
    return castOutputs(optimize(graph), options.outputTypes)
  }
  const graph = graphFor(tracedBatches[0])
  const free = findFreeShapes(graph, graphFor(tracedBatches[1]))
  const { name, values, metadata, producerVersion } = options
  const facts = { metadata, producerVersion }
  return free.isFree
    ? { bytes: encodeGraph(graph, name, { values, freeShapes: free.shapes }, facts), fixedBatch: null }
    : { bytes: encodeGraph(graphFor(1), name, { values }, facts), fixedBatch: { size: 1, reason: free.reason } }
}

/** tfjs has no uint8, so that what leaves as bytes is cast at the very end. */
function castOutputs({ outputs }: Graph, types: Readonly<Record<string, ElementType>>): Graph {
  let id = Math.max(...valuesOf({ outputs }).map((value) => value.id))
  const cast = Array.from(outputs, ([name, value]) => {
    const to = types[name]
    if (to === undefined || to === value.dtype) {
      return [name, value] as const
    }
    const origin = { kernel: 'Cast', layer: '' }
    const result: OpValue<'Cast'> = {
      kind: 'op',
      id: ++id,
      op: 'Cast',
      inputs: [value],
      attributes: { to },
      origin,
      dtype: to,
      shape: value.shape
    }
    return [name, result] as const
  })
  return { outputs: new Map(cast) }
}
