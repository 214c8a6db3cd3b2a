import type { TensorData } from '../../../shared/tensor'
import type { ElementType, TensorType } from '../ir/ops'
import { type Graph, type OpValue, type Value, valuesOf } from '../ir/value'
import { elementTypes, encodeOp, type StaticInput } from './encodeOp'
import { encodeModel, type NodeProto, type TensorProto, type ValueInfoProto } from './schema'

/** The operator set that graphs are written for; all operators of `../ir/ops` mean there what they mean here. */
export const opset = 18
const irVersion = 8

/** Row-major little-endian bytes of a tensor, as TensorProto.raw_data wants them. */
function rawBytes(dtype: ElementType, data: TensorData): Uint8Array {
  if (dtype === 'int64') {
    const wide = BigInt64Array.from(data, (element) => BigInt(element))
    return new Uint8Array(wide.buffer)
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

const arrayOf: Readonly<Record<ElementType, (values: readonly number[]) => TensorData>> = {
  float32: (values) => Float32Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => Int32Array.from(values),
  uint8: (values) => Uint8Array.from(values),
  bool: (values) => Uint8Array.from(values)
}

const toTensorProto = (name: string, type: TensorType, data: TensorData): TensorProto => ({
  name,
  dims: type.shape,
  dataType: elementTypes[type.dtype],
  rawData: rawBytes(type.dtype, data)
})

const toValueInfo = (name: string, { dtype, shape }: TensorType): ValueInfoProto => ({
  name,
  type: { tensorType: { elemType: elementTypes[dtype], shape: { dim: shape.map((dimValue) => ({ dimValue })) } } }
})

/** Collects the static inputs of all operators as initialisers, equal ones once. */
class StaticInputs {
  readonly tensors: TensorProto[] = []
  readonly #names = new Map<string, string>()

  nameOf({ dtype, values }: StaticInput): string {
    const key = `${dtype} ${typeof values} ${values}`
    const known = this.#names.get(key)
    if (known !== undefined) {
      return known
    }
    const name = `static${this.#names.size}`
    this.#names.set(key, name)
    const [list, shape] = typeof values === 'number' ? [[values], []] : [values, [values.length]]
    this.tensors.push(toTensorProto(name, { dtype, shape }, arrayOf[dtype](list)))
    return name
  }
}

const nameOf = (value: Value): string => (value.kind === 'input' ? value.name : `v${value.id}`)

function encodeNode(value: OpValue, statics: StaticInputs): NodeProto {
  const { attributes, staticInputs, outputPosition = 0 } = encodeOp(value)
  return {
    // Profiles of onnxruntime show this name.
    name: `${value.origin.layer}/${value.origin.kernel}/${value.op}_${value.id}`,
    opType: value.op,
    input: [...value.inputs.map(nameOf), ...staticInputs.map((input) => statics.nameOf(input))],
    // ONNX leaves an output out by giving it no name.
    output: [...Array<string>(outputPosition).fill(''), nameOf(value)],
    attribute: attributes
  }
}

/**
 * The graph as the bytes of an ONNX model. Its inputs and outputs bear the graph's names, inputs that no output needs
 * are left out.
 *
 * @param name what profiles and other tools show for the model
 */
export function encodeGraph(graph: Graph, name: string): Uint8Array {
  const values = valuesOf(graph)
  const statics = new StaticInputs()
  const nodes = values.flatMap((value) => (value.kind === 'op' ? [encodeNode(value, statics)] : []))
  const constants = values.flatMap((value) =>
    value.kind === 'constant' ? [toTensorProto(nameOf(value), value, value.data)] : []
  )
  const outputs = Array.from(graph.outputs, ([output, value]) => ({
    name: `output ${output}`,
    opType: 'Identity',
    input: [nameOf(value)],
    output: [output],
    attribute: []
  }))
  return encodeModel({
    irVersion,
    producerName: 'Kwiat',
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name,
      node: [...nodes, ...outputs],
      initializer: [...constants, ...statics.tensors],
      input: values.flatMap((value) => (value.kind === 'input' ? [toValueInfo(value.name, value)] : [])),
      output: Array.from(graph.outputs, ([output, value]) => toValueInfo(output, value))
    }
  })
}
