import type { DataType } from '../../../shared/tensor'
import { sizeOf } from '../../../shared/tensor'

/** Element types inside a graph; int64 is what ONNX wants as indices and never leaves the graph. */
export type ElementType = DataType | 'int64'

/** What is known of a value before anything runs. */
export interface TensorType {
  readonly dtype: ElementType
  readonly shape: readonly number[]
}

type None = Readonly<Record<never, never>>
/** Border pixels as ONNX orders them: all begins, then all ends, of the spatial axes. */
type SpatialPads = readonly number[]

/**
 * The operators of the intermediate form with their static attributes. Each is the ONNX operator of the same name
 * (opset in `../onnx/encode`), with one output, and with shapes and axes as attributes also where ONNX takes them as
 * inputs, so that all inputs are data. Pictures are NCHW here, as in ONNX.
 */
export interface OpAttributes {
  Abs: None
  Acos: None
  Acosh: None
  Asin: None
  Asinh: None
  Atan: None
  Atanh: None
  Ceil: None
  Cos: None
  Cosh: None
  Erf: None
  Exp: None
  Floor: None
  Identity: None
  IsInf: None
  IsNaN: None
  Log: None
  Neg: None
  Not: None
  Reciprocal: None
  Relu: None
  Round: None
  Sigmoid: None
  Sign: None
  Sin: None
  Sinh: None
  Softplus: None
  Sqrt: None
  Tan: None
  Tanh: None
  LeakyRelu: { readonly alpha: number }
  Elu: { readonly alpha: number }
  /** γ·x where x > 0, γ·(α·eˣ − α) elsewhere. */
  Selu: { readonly alpha: number; readonly gamma: number }
  Clip: { readonly min: number; readonly max: number }
  Cast: { readonly to: ElementType }

  Add: None
  Sub: None
  Mul: None
  Div: None
  Pow: None
  Max: None
  Min: None
  Mod: None
  BitwiseAnd: None
  And: None
  Or: None
  Xor: None
  Equal: None
  Greater: None
  GreaterOrEqual: None
  Less: None
  LessOrEqual: None
  Where: None

  ReduceSum: Reduction
  ReduceMean: Reduction
  ReduceMax: Reduction
  ReduceMin: Reduction
  ReduceProd: Reduction
  /** The k largest along an axis, largest first, equal ones in order; ONNX gives both outputs, a value here is one. */
  TopK: { readonly axis: number; readonly k: number; readonly output: 'values' | 'indices' }
  ArgMax: { readonly axis: number }
  ArgMin: { readonly axis: number }
  CumSum: { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean }
  Softmax: { readonly axis: number }
  LogSoftmax: { readonly axis: number }

  Reshape: { readonly shape: readonly number[] }
  Transpose: { readonly permutation: readonly number[] }
  Concat: { readonly axis: number }
  /** y[i] = x[starts + i·steps] along `axes`; a step may be negative, `ends` is then exclusive downwards. */
  Slice: {
    readonly starts: readonly number[]
    readonly ends: readonly number[]
    readonly axes: readonly number[]
    readonly steps: readonly number[]
  }
  /** `pads`: begins of all axes, then ends of all axes. */
  Pad: { readonly pads: readonly number[]; readonly value: number; readonly mode: 'constant' | 'reflect' | 'edge' }
  Expand: { readonly shape: readonly number[] }
  Tile: { readonly repeats: readonly number[] }
  Gather: { readonly axis: number }
  GatherND: None
  ScatterND: { readonly reduction: 'none' | 'add' }

  MatMul: None
  /** Sums of products over the letters that the result lacks, as "ij,jk->ik". */
  Einsum: { readonly equation: string }
  /** α·A′·B′ + β·C with A′ = Aᵀ where transA; C is optional. */
  Gemm: { readonly transA: boolean; readonly transB: boolean; readonly alpha: number; readonly beta: number }
  /** Inputs x `[batch, in, h, w]`, kernel `[out, in / group, kh, kw]`, optional bias `[out]`. */
  Conv: Convolution
  /** Inputs x `[batch, in, h, w]`, kernel `[in, out / group, kh, kw]`, optional bias `[out]`. */
  ConvTranspose: Convolution & { readonly outputPadding: readonly number[] }
  AveragePool: Pooling & { readonly countIncludePad: boolean }
  /** The largest elements, or where they are in x as one number. */
  MaxPool: Pooling & { readonly output?: 'indices' }
}

interface Reduction {
  readonly axes: readonly number[]
  readonly keepDims: boolean
}

interface Convolution {
  readonly kernelShape: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly pads: SpatialPads
  readonly group: number
}

interface Pooling {
  readonly kernelShape: readonly number[]
  readonly strides: readonly number[]
  readonly pads: SpatialPads
}

export type OpName = keyof OpAttributes

type InferRule<Attributes> = (inputs: readonly TensorType[], attributes: Attributes) => TensorType

/** A mistake in a graph that a pass or a lowering built; always a bug of the compiler, never of the user. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
}

function input(inputs: readonly TensorType[], index: number): TensorType {
  const type = inputs[index]
  if (type === undefined) {
    throw new GraphError(`expected an input ${index}, got ${inputs.length} inputs`)
  }
  return type
}

const showType = (type: TensorType): string => `${type.dtype}[${type.shape.join(',')}]`

function require(condition: boolean, expected: string, inputs: readonly TensorType[]): void {
  if (!condition) {
    throw new GraphError(`expected ${expected}, got ${inputs.map(showType).join(' and ')}`)
  }
}

/** numpy's broadcasting of shapes, as ONNX has it. */
function broadcastShapes(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1
    const right = b[i - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) {
      throw new GraphError(`expected shapes that broadcast, got [${a.join(',')}] and [${b.join(',')}]`)
    }
    return left === 1 ? right : left
  })
}

const same: InferRule<unknown> = (inputs) => input(inputs, 0)
const toBool: InferRule<unknown> = (inputs) => ({ dtype: 'bool', shape: input(inputs, 0).shape })

const broadcast: InferRule<unknown> = (inputs) => {
  require(inputs.length === 2 && inputs[0]?.dtype === inputs[1]?.dtype, 'two inputs of one element type', inputs)
  return { dtype: input(inputs, 0).dtype, shape: broadcastShapes(input(inputs, 0).shape, input(inputs, 1).shape) }
}

const compare: InferRule<unknown> = (inputs, attributes) => ({
  dtype: 'bool',
  shape: broadcast(inputs, attributes).shape
})

const power: InferRule<unknown> = (inputs) => ({
  dtype: input(inputs, 0).dtype,
  shape: broadcastShapes(input(inputs, 0).shape, input(inputs, 1).shape)
})

const where: InferRule<unknown> = (inputs) => {
  const [condition, yes, no] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)]
  require(condition.dtype === 'bool' && yes.dtype === no.dtype, 'bool and two inputs of one element type', inputs)
  return { dtype: yes.dtype, shape: broadcastShapes(condition.shape, broadcastShapes(yes.shape, no.shape)) }
}

const reduce: InferRule<Reduction> = (inputs, { axes, keepDims }) => {
  const { dtype, shape } = input(inputs, 0)
  require(axes.every((axis) => axis >= 0 && axis < shape.length), `axes ${axes.join(',')} inside the rank`, inputs)
  const kept = shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
  return { dtype, shape: keepDims ? kept : shape.filter((_, axis) => !axes.includes(axis)) }
}

const argReduce: InferRule<{ readonly axis: number }> = (inputs, { axis }) => ({
  dtype: 'int64',
  shape: input(inputs, 0).shape.filter((_, i) => i !== axis)
})

const topK: InferRule<OpAttributes['TopK']> = (inputs, { axis, k, output }) => {
  const { dtype, shape } = input(inputs, 0)
  require(k <= (shape[axis] ?? 0), `at least ${k} elements along axis ${axis}`, inputs)
  return { dtype: output === 'indices' ? 'int64' : dtype, shape: shape.map((dim, i) => (i === axis ? k : dim)) }
}

const reshape: InferRule<OpAttributes['Reshape']> = (inputs, { shape }) => {
  require(sizeOf(shape) === sizeOf(input(inputs, 0).shape), `as many elements as [${shape.join(',')}]`, inputs)
  return { dtype: input(inputs, 0).dtype, shape }
}

const transpose: InferRule<OpAttributes['Transpose']> = (inputs, { permutation }) => {
  const { dtype, shape } = input(inputs, 0)
  const isPermutation = [...permutation].sort((a, b) => a - b).every((axis, i) => axis === i)
  require(isPermutation && permutation.length === shape.length, `rank for ${permutation.join(',')}`, inputs)
  return { dtype, shape: permutation.map((axis) => shape[axis]!) }
}

const concat: InferRule<OpAttributes['Concat']> = (inputs, { axis }) => {
  const first = input(inputs, 0)
  const fits = inputs.every(
    ({ dtype, shape }) =>
      dtype === first.dtype &&
      shape.length === first.shape.length &&
      shape.every((dim, i) => i === axis || dim === first.shape[i])
  )
  require(fits, `inputs that differ along axis ${axis} only`, inputs)
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0)
  return { dtype: first.dtype, shape: first.shape.map((dim, i) => (i === axis ? total : dim)) }
}

/** Number of elements that ONNX' Slice takes from an axis of length `dim`. */
function sliceLength(dim: number, start: number, end: number, step: number): number {
  const from = start < 0 ? start + dim : start
  const to = end < 0 ? end + dim : end
  const [low, high] = step > 0 ? [0, dim] : [-1, dim - 1]
  const clamp = (position: number) => Math.min(Math.max(position, low), high)
  return Math.max(0, Math.ceil((clamp(to) - clamp(from)) / step))
}

const slice: InferRule<OpAttributes['Slice']> = (inputs, { starts, ends, axes, steps }) => {
  const { dtype, shape } = input(inputs, 0)
  const sliced = shape.map((dim, axis) => {
    const i = axes.indexOf(axis)
    return i < 0 ? dim : sliceLength(dim, starts[i]!, ends[i]!, steps[i]!)
  })
  return { dtype, shape: sliced }
}

const pad: InferRule<OpAttributes['Pad']> = (inputs, { pads }) => {
  const { dtype, shape } = input(inputs, 0)
  require(pads.length === 2 * shape.length, `rank ${pads.length / 2} for the pads`, inputs)
  return { dtype, shape: shape.map((dim, i) => dim + pads[i]! + pads[i + shape.length]!) }
}

const tile: InferRule<OpAttributes['Tile']> = (inputs, { repeats }) => {
  const { dtype, shape } = input(inputs, 0)
  require(repeats.length === shape.length, `rank ${repeats.length} for the repeats`, inputs)
  return { dtype, shape: shape.map((dim, i) => dim * repeats[i]!) }
}

const gather: InferRule<OpAttributes['Gather']> = (inputs, { axis }) => {
  const [data, indices] = [input(inputs, 0), input(inputs, 1)]
  return { dtype: data.dtype, shape: [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)] }
}

const gatherND: InferRule<unknown> = (inputs) => {
  const [data, indices] = [input(inputs, 0), input(inputs, 1)]
  const depth = indices.shape.at(-1) ?? 0
  return { dtype: data.dtype, shape: [...indices.shape.slice(0, -1), ...data.shape.slice(depth)] }
}

const matMul: InferRule<unknown> = (inputs) => {
  const [a, b] = [input(inputs, 0), input(inputs, 1)]
  const ranksFit = a.shape.length >= 2 && b.shape.length >= 2
  require(ranksFit && a.shape.at(-1) === b.shape.at(-2), 'matrices with equal inner sides', inputs)
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2))
  return { dtype: a.dtype, shape: [...batch, a.shape.at(-2)!, b.shape.at(-1)!] }
}

const einsum: InferRule<OpAttributes['Einsum']> = (inputs, { equation }) => {
  const [given = '', result = ''] = equation.replaceAll(' ', '').split('->')
  const sides = new Map<string, number>()
  given.split(',').forEach((letters, i) => {
    const { shape } = input(inputs, i)
    require(letters.length === shape.length, `rank ${letters.length} for ${letters} in ${equation}`, inputs)
    Array.from(letters).forEach((letter, axis) => {
      const side = sides.get(letter) ?? shape[axis]!
      require(side === shape[axis], `axes of one length for ${letter} in ${equation}`, inputs)
      sides.set(letter, side)
    })
  })
  return { dtype: input(inputs, 0).dtype, shape: Array.from(result, (letter) => sides.get(letter) ?? Number.NaN) }
}

const gemm: InferRule<OpAttributes['Gemm']> = (inputs, { transA, transB }) => {
  const [a, b] = [input(inputs, 0), input(inputs, 1)]
  const [rows, innerA] = transA ? [a.shape[1], a.shape[0]] : [a.shape[0], a.shape[1]]
  const [innerB, columns] = transB ? [b.shape[1], b.shape[0]] : [b.shape[0], b.shape[1]]
  require(a.shape.length === 2 && b.shape.length === 2 && innerA === innerB, 'matrices with equal inner sides', inputs)
  return { dtype: a.dtype, shape: [rows!, columns!] }
}

/** Output side of a window that slides over a padded side: ⌊(side + pads − extent) / stride⌋ + 1. */
const windowed = (side: number, kernel: number, stride: number, dilation: number, pads: number): number =>
  Math.floor((side + pads - (dilation * (kernel - 1) + 1)) / stride) + 1

const spatial = (
  shape: readonly number[],
  { kernelShape, strides, pads }: Pooling,
  dilations: readonly number[] = kernelShape.map(() => 1)
): number[] =>
  kernelShape.map((kernel, i) =>
    windowed(shape[i + 2]!, kernel, strides[i]!, dilations[i]!, pads[i]! + pads[i + kernelShape.length]!)
  )

const conv: InferRule<Convolution> = (inputs, attributes) => {
  const [x, kernel] = [input(inputs, 0), input(inputs, 1)]
  require(x.shape[1] === kernel.shape[1]! * attributes.group, 'as many channels as the kernel reads', inputs)
  require(attributes.kernelShape.every(
    (side, i) => side === kernel.shape[i + 2]
  ), 'a kernel of the stated size', inputs)
  return {
    dtype: x.dtype,
    shape: [x.shape[0]!, kernel.shape[0]!, ...spatial(x.shape, attributes, attributes.dilations)]
  }
}

const convTranspose: InferRule<OpAttributes['ConvTranspose']> = (inputs, attributes) => {
  const { kernelShape, strides, dilations, pads, group, outputPadding } = attributes
  const [x, kernel] = [input(inputs, 0), input(inputs, 1)]
  require(x.shape[1] === kernel.shape[0], 'as many channels as the kernel reads', inputs)
  const sides = kernelShape.map(
    (side, i) =>
      strides[i]! * (x.shape[i + 2]! - 1) +
      outputPadding[i]! +
      dilations[i]! * (side - 1) +
      1 -
      pads[i]! -
      pads[i + kernelShape.length]!
  )
  return { dtype: x.dtype, shape: [x.shape[0]!, kernel.shape[1]! * group, ...sides] }
}

const pool: InferRule<Pooling> = (inputs, attributes) => {
  const { dtype, shape } = input(inputs, 0)
  return { dtype, shape: [shape[0]!, shape[1]!, ...spatial(shape, attributes)] }
}

/** The type of each operator's output from the types of its inputs; throws `GraphError` where they do not fit. */
export const inferRules: { readonly [Op in OpName]: InferRule<OpAttributes[Op]> } = {
  Abs: same,
  Acos: same,
  Acosh: same,
  Asin: same,
  Asinh: same,
  Atan: same,
  Atanh: same,
  Ceil: same,
  Cos: same,
  Cosh: same,
  Erf: same,
  Exp: same,
  Floor: same,
  Identity: same,
  IsInf: toBool,
  IsNaN: toBool,
  Log: same,
  Neg: same,
  Not: same,
  Reciprocal: same,
  Relu: same,
  Round: same,
  Sigmoid: same,
  Sign: same,
  Sin: same,
  Sinh: same,
  Softplus: same,
  Sqrt: same,
  Tan: same,
  Tanh: same,
  LeakyRelu: same,
  Elu: same,
  Selu: same,
  Clip: same,
  Cast: (inputs, { to }) => ({ dtype: to, shape: input(inputs, 0).shape }),
  Add: broadcast,
  Sub: broadcast,
  Mul: broadcast,
  Div: broadcast,
  Pow: power,
  Max: broadcast,
  Min: broadcast,
  Mod: broadcast,
  BitwiseAnd: broadcast,
  And: broadcast,
  Or: broadcast,
  Xor: broadcast,
  Equal: compare,
  Greater: compare,
  GreaterOrEqual: compare,
  Less: compare,
  LessOrEqual: compare,
  Where: where,
  ReduceSum: reduce,
  ReduceMean: reduce,
  ReduceMax: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  TopK: topK,
  ArgMax: argReduce,
  ArgMin: argReduce,
  CumSum: same,
  Softmax: same,
  LogSoftmax: same,
  Reshape: reshape,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Expand: (inputs, { shape }) => ({
    dtype: input(inputs, 0).dtype,
    shape: broadcastShapes(input(inputs, 0).shape, shape)
  }),
  Tile: tile,
  Gather: gather,
  GatherND: gatherND,
  ScatterND: same,
  MatMul: matMul,
  Einsum: einsum,
  Gemm: gemm,
  Conv: conv,
  ConvTranspose: convTranspose,
  AveragePool: pool,
  MaxPool: (inputs, attributes) => ({
    dtype: attributes.output === 'indices' ? 'int64' : input(inputs, 0).dtype,
    shape: pool(inputs, attributes).shape
  })
}
