import { type HostTensor, sizeOf, type TensorData } from '../../../shared/tensor'
import { type FreeShapes, freeLength } from '../ir/freeShapes'
import type { ElementType, TensorType } from '../ir/ops'
import { type Graph, inputsOf, isOp, type OpValue, type Value, valuesOf } from '../ir/value'
import { type EncodedOp, elementTypes, encodeOp, type StaticInput } from './encodeOp'
import {
  type DimensionProto,
  encodeModel,
  type ModelFacts,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto
} from './schema'

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

/** The name that other tools show for a length that only the call tells. */
const freeName = 'N'

const toDimension = (length: number): DimensionProto =>
  length === freeLength ? { dimParam: freeName } : { dimValue: length }

export const toValueInfo = (name: string, { dtype, shape }: TensorType): ValueInfoProto => ({
  name,
  type: { tensorType: { elemType: elementTypes[dtype], shape: { dim: shape.map(toDimension) } } }
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

type NameOf = (value: Value) => string

/** What inputs and outputs of a graph are called in the model. */
export interface OuterNames {
  readonly input: (name: string) => string
  readonly output: (name: string) => string
}

const sameNames: OuterNames = { input: (name) => name, output: (name) => name }

/** A computed value bears the name of the output that it is, so that the runtime writes it there without a copy. */
function namesOf({ outputs }: Graph, names: OuterNames): NameOf {
  const outputNames = new Map<Value, string>()
  for (const [name, value] of outputs) {
    if (value.kind === 'op' && !outputNames.has(value)) {
      outputNames.set(value, names.output(name))
    }
  }
  return (value) => (value.kind === 'input' ? names.input(value.name) : (outputNames.get(value) ?? `v${value.id}`))
}

/** An output that nothing reads has a name too. */
function outputNames(name: string, output: EncodedOp['output']): string[] {
  const unused = `${name} unused`
  return output === undefined ? [name] : output === 'first' ? [name, unused] : [unused, name]
}

/** An int64 `[1]` input that the runtime must be given the number 1 for; see `hidesShapes`. */
export const oneInput = 'kwiat one'

/**
 * onnxruntime's planner keeps the buffer of a freed tensor for a later one of the same known shape, and holds it in
 * between; for chollet-32 that is 370 MB of 1.4 GB. Multiplied by a 1 that only comes with the call, a shape is not
 * known beforehand, and each tensor is freed after its last use.
 */
class HiddenShapes {
  readonly nodes: NodeProto[] = []
  readonly #names = new Map<string, string>()

  hide(shape: string): string {
    const known = this.#names.get(shape)
    if (known !== undefined) {
      return known
    }
    const hidden = `hidden ${shape}`
    this.#names.set(shape, hidden)
    this.nodes.push({ name: hidden, opType: 'Mul', input: [shape, oneInput], output: [hidden], attribute: [] })
    return hidden
  }
}

/** Smaller tensors are not worth a hidden shape. */
const hiddenElements = 1 << 16

/** Lets a large reshaped tensor take its shape from what `shapes` hides. */
function hideReshape(value: OpValue, node: NodeProto, shapes: HiddenShapes): NodeProto {
  const [data, shape] = node.input
  const isLarge = value.op === 'Reshape' && sizeOf(value.shape) >= hiddenElements
  return isLarge ? { ...node, input: [data!, shapes.hide(shape!)] } : node
}

export interface EncodeOptions {
  /** Keeps the runtime from planning memory by known shapes; the model then has the input `oneInput`. */
  readonly hidesShapes?: boolean
  /** Inputs that stand in the file with these values, so that nobody has to give them. */
  readonly values?: ReadonlyMap<string, HostTensor>
  /** Shapes with the lengths that are left open, as `findFreeShapes` gives them. */
  readonly freeShapes?: FreeShapes
}

const noValues: ReadonlyMap<string, HostTensor> = new Map()
const noShapes: FreeShapes = new Map()

/** The operator as it is written; a reshape is told the open shape. */
function encodeFree(value: OpValue, freeShapes: FreeShapes): EncodedOp {
  const shape = freeShapes.get(value)
  return encodeOp(isOp(value, 'Reshape') && shape !== undefined ? { ...value, attributes: { shape } } : value)
}

function encodeNode(value: OpValue, nameOf: NameOf, statics: StaticInputs, freeShapes: FreeShapes): NodeProto {
  const { attributes, staticInputs, output } = encodeFree(value, freeShapes)
  return {
    // Profiles of onnxruntime show this name.
    name: `${value.origin.layer}/${value.origin.kernel}/${value.op}_${value.id}`,
    opType: value.op,
    input: [...value.inputs.map(nameOf), ...staticInputs.map((input) => statics.nameOf(input))],
    output: outputNames(nameOf(value), output),
    attribute: attributes
  }
}

/** Outputs that are inputs, constants, or another output too. */
const copiedOutputs = ({ outputs }: Graph, nameOf: NameOf, names: OuterNames): NodeProto[] =>
  Array.from(outputs).flatMap(([output, value]) =>
    nameOf(value) === names.output(output) && value.kind === 'op'
      ? []
      : [identityNode(nameOf(value), names.output(output))]
  )

export const identityNode = (input: string, output: string): NodeProto => ({
  name: `output ${output}`,
  opType: 'Identity',
  input: [input],
  output: [output],
  attribute: []
})

/** Nodes and constants of a graph, without what enters and leaves it. */
export interface EncodedNodes {
  readonly nodes: readonly NodeProto[]
  readonly initializers: readonly TensorProto[]
}

export function encodeNodes(
  graph: Graph,
  { hidesShapes = false, values: known = noValues, freeShapes = noShapes }: EncodeOptions,
  names: OuterNames = sameNames
): EncodedNodes {
  const values = valuesOf(graph)
  const nameOf = namesOf(graph, names)
  const statics = new StaticInputs()
  const shapes = new HiddenShapes()
  const encode = (value: OpValue): NodeProto => {
    const node = encodeNode(value, nameOf, statics, freeShapes)
    return hidesShapes ? hideReshape(value, node, shapes) : node
  }
  const nodes = values.flatMap((value) => (value.kind === 'op' ? [encode(value)] : []))
  return {
    nodes: [...shapes.nodes, ...nodes, ...copiedOutputs(graph, nameOf, names)],
    initializers: [...values.flatMap((value) => initializersOf(value, nameOf, known)), ...statics.tensors]
  }
}

/** The tensor that stands in the file for a value, if one does. */
function initializersOf(value: Value, nameOf: NameOf, known: ReadonlyMap<string, HostTensor>): TensorProto[] {
  if (value.kind === 'constant') {
    return [toTensorProto(nameOf(value), value, value.data)]
  }
  const tensor = value.kind === 'input' ? known.get(value.name) : undefined
  return tensor === undefined ? [] : [toTensorProto(nameOf(value), value, tensor.data)]
}

/** The inputs that a model with hidden shapes has besides the graph's. */
export const hidingInputs = ({ hidesShapes = false }: EncodeOptions): ValueInfoProto[] =>
  hidesShapes ? [toValueInfo(oneInput, { dtype: 'int64', shape: [1] })] : []

/**
 * The graph as the bytes of an ONNX model. Its inputs and outputs bear the graph's names, inputs that no output needs
 * are left out.
 *
 * @param name what profiles and other tools show for the model
 */
export function encodeGraph(
  graph: Graph,
  name: string,
  options: EncodeOptions = {},
  facts: ModelFacts = {}
): Uint8Array {
  const { nodes, initializers } = encodeNodes(graph, options)
  const { values = noValues, freeShapes = noShapes } = options
  const describe = (outer: string, value: Value): ValueInfoProto =>
    toValueInfo(outer, { dtype: value.dtype, shape: freeShapes.get(value) ?? value.shape })
  const asked = inputsOf(graph).filter((input) => !values.has(input.name))
  return encodeModel(
    {
      name,
      node: nodes,
      initializer: initializers,
      input: [...asked.map((input) => describe(input.name, input)), ...hidingInputs(options)],
      output: Array.from(graph.outputs, ([output, value]) => describe(output, value))
    },
    facts
  )
}
