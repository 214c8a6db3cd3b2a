import type { ElementType, OpAttributes, OpName } from '../ir/ops'
import type { OpValue } from '../ir/value'
import type { AttributeProto } from './schema'

/** An input that ONNX wants as a tensor although its value is known when the graph is built. */
export type StaticInput =
  | { readonly dtype: 'int64'; readonly values: readonly number[] }
  | { readonly dtype: ElementType; readonly values: number }

/** How one operator is written in ONNX: attributes, and static inputs behind its data inputs. */
export interface EncodedOp {
  readonly attributes: readonly AttributeProto[]
  readonly staticInputs: readonly StaticInput[]
  /** Which of two outputs that ONNX gives the operator's only one is; left out where ONNX has one too. */
  readonly output?: 'first' | 'second'
}

/** AttributeProto.AttributeType */
export const attributeTypes = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const

/** TensorProto.DataType */
export const elementTypes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9
}

const float = (name: string, f: number): AttributeProto => ({ name, type: attributeTypes.float, f })
export const int = (name: string, i: number | boolean): AttributeProto => ({
  name,
  type: attributeTypes.int,
  i: Number(i)
})
const ints = (name: string, values: readonly number[]): AttributeProto => ({
  name,
  type: attributeTypes.ints,
  ints: values
})
const text = (name: string, value: string): AttributeProto => ({
  name,
  type: attributeTypes.string,
  s: new TextEncoder().encode(value)
})

const int64 = (values: readonly number[]): StaticInput => ({ dtype: 'int64', values })

const encoded = (attributes: readonly AttributeProto[], staticInputs: readonly StaticInput[] = []): EncodedOp => ({
  attributes,
  staticInputs
})

type Rules = { readonly [Op in OpName]?: (attributes: OpAttributes[Op], value: OpValue) => EncodedOp }

const reduction = ({ axes, keepDims }: OpAttributes['ReduceSum']) => encoded([int('keepdims', keepDims)], [int64(axes)])
const axisOnly = ({ axis }: { readonly axis: number }) => encoded([int('axis', axis)])
const argReduction = ({ axis }: OpAttributes['ArgMax']) => encoded([int('axis', axis), int('keepdims', 0)])

const window = ({ kernelShape, strides, pads }: OpAttributes['MaxPool']): AttributeProto[] => [
  ints('kernel_shape', kernelShape),
  ints('strides', strides),
  ints('pads', pads)
]

const convolution = (attributes: OpAttributes['Conv']): AttributeProto[] => [
  ...window(attributes),
  ints('dilations', attributes.dilations),
  int('group', attributes.group)
]

/** The operators whose attributes ONNX spells otherwise; the others have none. */
const rules: Rules = {
  LeakyRelu: ({ alpha }) => encoded([float('alpha', alpha)]),
  Elu: ({ alpha }) => encoded([float('alpha', alpha)]),
  Selu: ({ alpha, gamma }) => encoded([float('alpha', alpha), float('gamma', gamma)]),
  Clip: ({ min, max }, { dtype }) =>
    encoded(
      [],
      [
        { dtype, values: min },
        { dtype, values: max }
      ]
    ),
  Cast: ({ to }) => encoded([int('to', elementTypes[to])]),
  // fmod = 0 has the divisor's sign and wants integers; floats need fmod = 1.
  Mod: (_, { dtype }) => encoded([int('fmod', dtype === 'float32')]),
  ReduceSum: reduction,
  ReduceMean: reduction,
  ReduceMax: reduction,
  ReduceMin: reduction,
  ReduceProd: reduction,
  TopK: ({ axis, k, output }) => ({
    ...encoded([int('axis', axis)], [int64([k])]),
    output: output === 'indices' ? 'second' : 'first'
  }),
  ArgMax: argReduction,
  ArgMin: argReduction,
  CumSum: ({ axis, exclusive, reverse }) =>
    encoded([int('exclusive', exclusive), int('reverse', reverse)], [int64([axis])]),
  Softmax: axisOnly,
  LogSoftmax: axisOnly,
  Reshape: ({ shape }) => encoded([int('allowzero', 1)], [int64(shape)]),
  Transpose: ({ permutation }) => encoded([ints('perm', permutation)]),
  Concat: axisOnly,
  Slice: ({ starts, ends, axes, steps }) => encoded([], [int64(starts), int64(ends), int64(axes), int64(steps)]),
  Pad: ({ pads, value, mode }, { dtype }) => encoded([text('mode', mode)], [int64(pads), { dtype, values: value }]),
  Expand: ({ shape }) => encoded([], [int64(shape)]),
  Tile: ({ repeats }) => encoded([], [int64(repeats)]),
  Gather: axisOnly,
  ScatterND: ({ reduction: how }) => encoded([text('reduction', how)]),
  Einsum: ({ equation }) => encoded([text('equation', equation)]),
  Gemm: ({ transA, transB, alpha, beta }) =>
    encoded([int('transA', transA), int('transB', transB), float('alpha', alpha), float('beta', beta)]),
  Conv: (attributes) => encoded(convolution(attributes)),
  ConvTranspose: (attributes) =>
    encoded([...convolution(attributes), ints('output_padding', attributes.outputPadding)]),
  AveragePool: (attributes) => encoded([...window(attributes), int('count_include_pad', attributes.countIncludePad)]),
  MaxPool: (attributes) => ({
    ...encoded(window(attributes)),
    ...(attributes.output === 'indices' ? { output: 'second' } : {})
  })
}

/** Attributes and static inputs of one operator in ONNX' spelling. */
export const encodeOp = <Op extends OpName>(value: OpValue<Op>): EncodedOp =>
  rules[value.op]?.(value.attributes, value) ?? encoded([])
