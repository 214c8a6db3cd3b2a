import protobuf from 'protobufjs'

/**
 * The messages of the ONNX format that Kwiat writes, by field number (onnx.proto3 of ONNX 1.16, IR version 10). Only
 * the fields in use are listed; protobuf readers treat the others as absent.
 */
const messages = {
  OperatorSetIdProto: { domain: ['string', 1], version: ['int64', 2] },
  StringStringEntryProto: { key: ['string', 1], value: ['string', 2] },
  ModelProto: {
    irVersion: ['int64', 1],
    producerName: ['string', 2],
    producerVersion: ['string', 3],
    graph: ['GraphProto', 7],
    opsetImport: ['OperatorSetIdProto', 8, 'repeated'],
    metadataProps: ['StringStringEntryProto', 14, 'repeated']
  },
  GraphProto: {
    node: ['NodeProto', 1, 'repeated'],
    name: ['string', 2],
    initializer: ['TensorProto', 5, 'repeated'],
    input: ['ValueInfoProto', 11, 'repeated'],
    output: ['ValueInfoProto', 12, 'repeated']
  },
  NodeProto: {
    input: ['string', 1, 'repeated'],
    output: ['string', 2, 'repeated'],
    name: ['string', 3],
    opType: ['string', 4],
    attribute: ['AttributeProto', 5, 'repeated'],
    domain: ['string', 7]
  },
  AttributeProto: {
    name: ['string', 1],
    f: ['float', 2],
    i: ['int64', 3],
    s: ['bytes', 4],
    t: ['TensorProto', 5],
    g: ['GraphProto', 6],
    ints: ['int64', 8, 'repeated'],
    type: ['int32', 20]
  },
  TensorProto: {
    dims: ['int64', 1, 'repeated'],
    dataType: ['int32', 2],
    name: ['string', 8],
    rawData: ['bytes', 9]
  },
  ValueInfoProto: { name: ['string', 1], type: ['TypeProto', 2] },
  TypeProto: { tensorType: ['TensorTypeProto', 1] },
  TensorTypeProto: { elemType: ['int32', 1], shape: ['TensorShapeProto', 2] },
  TensorShapeProto: { dim: ['DimensionProto', 1, 'repeated'] },
  DimensionProto: { dimValue: ['int64', 1], dimParam: ['string', 2] }
} as const satisfies Record<string, Record<string, readonly [string, number] | readonly [string, number, 'repeated']>>

export interface TensorProto {
  readonly name: string
  readonly dims: readonly number[]
  readonly dataType: number
  readonly rawData: Uint8Array
}

export interface AttributeProto {
  readonly name: string
  readonly type: number
  readonly f?: number
  readonly i?: number
  readonly s?: Uint8Array
  readonly t?: TensorProto
  readonly g?: GraphProto
  readonly ints?: readonly number[]
}

export interface NodeProto {
  readonly name: string
  readonly opType: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute: readonly AttributeProto[]
}

/** A side that is known, or the name of one that only the call tells. */
export type DimensionProto = { readonly dimValue: number } | { readonly dimParam: string }

export interface ValueInfoProto {
  readonly name: string
  readonly type: {
    readonly tensorType: {
      readonly elemType: number
      readonly shape: { readonly dim: readonly DimensionProto[] }
    }
  }
}

export interface GraphProto {
  readonly name: string
  readonly node: readonly NodeProto[]
  readonly initializer: readonly TensorProto[]
  readonly input: readonly ValueInfoProto[]
  readonly output: readonly ValueInfoProto[]
}

/** What a model says about itself. */
export interface ModelFacts {
  /** Of the program that made it. */
  readonly producerVersion?: string
  /** Free texts. */
  readonly metadata?: Readonly<Record<string, string>>
}

interface ModelProto {
  readonly irVersion: number
  readonly producerName: string
  readonly producerVersion: string
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[]
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[]
  readonly graph: GraphProto
}

function buildRoot(): protobuf.Root {
  const root = new protobuf.Root()
  for (const [name, fields] of Object.entries(messages)) {
    const type = new protobuf.Type(name)
    for (const [field, [fieldType, id, rule]] of Object.entries<readonly [string, number, string?]>(fields)) {
      type.add(new protobuf.Field(field, id, fieldType, rule))
    }
    root.add(type)
  }
  return root
}

const modelType = buildRoot().lookupType('ModelProto')

/** The operator set that graphs are written for; all operators of `../ir/ops` mean there what they mean here. */
export const opset = 18
const irVersion = 8

/** The bytes of an ONNX file. */
export function encodeModel(graph: GraphProto, { producerVersion = '', metadata = {} }: ModelFacts = {}): Uint8Array {
  const model: ModelProto = {
    irVersion,
    producerName: 'Kwiat',
    producerVersion,
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    opsetImport: [{ domain: '', version: opset }],
    graph
  }
  return modelType.encode({ ...model }).finish()
}
