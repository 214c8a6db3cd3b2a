import * as ort from 'onnxruntime-node'
import { checkGraph } from '../../src/main/graph/ir/check'
import type { Graph } from '../../src/main/graph/ir/value'
import { encodeGraph } from '../../src/main/graph/onnx/encodeGraph'

/** The only output of a graph of float32 inputs, computed by onnxruntime on one thread. */
export async function runGraph(graph: Graph, inputs: Readonly<Record<string, ort.Tensor>>): Promise<Float32Array> {
  checkGraph(graph, 'building')
  const session = await ort.InferenceSession.create(encodeGraph(graph, 'test'), { intraOpNumThreads: 1 })
  const outputs = await session.run(inputs)
  const data = outputs[session.outputNames[0] ?? '']?.data
  if (!(data instanceof Float32Array)) {
    throw new Error('runGraph: expected one float32 output')
  }
  return data
}
