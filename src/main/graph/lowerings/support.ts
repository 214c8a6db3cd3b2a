import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { ElementType } from '../ir/ops'
import type { ConstantValue, Value } from '../ir/value'

/** x with another element type; x itself where it has it already. */
export const toDtype = (builder: GraphBuilder, x: Value, dtype: ElementType): Value =>
  x.dtype === dtype ? x : builder.op('Cast', [x], { to: dtype })

/** x with another shape of as many elements; x itself where it has it already. */
export const reshape = (builder: GraphBuilder, x: Value, shape: readonly number[]): Value =>
  x.shape.length === shape.length && x.shape.every((dim, i) => dim === shape[i])
    ? x
    : builder.op('Reshape', [x], { shape })

/** x with its axes in another order: y.shape[i] = x.shape[permutation[i]]. */
export const transpose = (builder: GraphBuilder, x: Value, permutation: readonly number[]): Value =>
  permutation.every((axis, i) => axis === i) ? x : builder.op('Transpose', [x], { permutation })

/** x repeated along its axes of length 1; x itself where it has the shape already. */
export const expand = (builder: GraphBuilder, x: Value, shape: readonly number[]): Value =>
  x.shape.length === shape.length && x.shape.every((dim, i) => dim === shape[i])
    ? x
    : builder.op('Expand', [x], { shape })

/** One axis of a slice: y[i] = x[begin + i · stride] for i < count; a stride may be negative. */
interface AxisSlice {
  readonly axis: number
  readonly begin: number
  readonly count: number
  readonly stride?: number
}

/** ONNX counts a negative end from the back, so that "before the first" is −(length + 1). */
const sliceEnd = (end: number, length: number): number => (end < 0 ? -length - 1 : end)

/** Some elements of `x` along some axes; x itself where those are all. */
export function slice(builder: GraphBuilder, x: Value, axes: readonly AxisSlice[]): Value {
  const cut = axes.filter(
    ({ axis, begin, count, stride }) => begin !== 0 || count !== x.shape[axis] || (stride ?? 1) !== 1
  )
  return cut.length === 0
    ? x
    : builder.op('Slice', [x], {
        axes: cut.map(({ axis }) => axis),
        starts: cut.map(({ begin }) => begin),
        ends: cut.map(({ axis, begin, count, stride }) => sliceEnd(begin + count * (stride ?? 1), x.shape[axis]!)),
        steps: cut.map(({ stride }) => stride ?? 1)
      })
}

/** x with `begins` and `ends` elements of `value` around each axis; x itself where there are none. */
export const pad = (
  builder: GraphBuilder,
  x: Value,
  begins: readonly number[],
  ends: readonly number[],
  value = 0
): Value =>
  [...begins, ...ends].every((count) => count === 0)
    ? x
    : builder.op('Pad', [x], { pads: [...begins, ...ends], value, mode: 'constant' })

/** `inputs` one behind the other; the input itself where it is only one. */
export const concat = (builder: GraphBuilder, inputs: readonly Value[], axis: number): Value =>
  inputs.length === 1 ? inputs[0]! : builder.op('Concat', inputs, { axis })

/** A constant of the given values. */
export function constant(
  builder: GraphBuilder,
  dtype: 'float32' | 'int32' | 'bool' | 'int64',
  shape: readonly number[],
  values: readonly number[]
): ConstantValue {
  const arrays = { float32: Float32Array, int32: Int32Array, int64: Int32Array, bool: Uint8Array } as const
  return builder.constant(dtype, shape, arrays[dtype].from(values))
}

/** A scalar of shape [] that arithmetic with `x` accepts: it has the element type of `x`. */
export function scalarLike(builder: GraphBuilder, x: Value, value: number): ConstantValue {
  if (x.dtype === 'uint8') {
    throw new Error('lowering: expected a type that tfjs has, got uint8')
  }
  return constant(builder, x.dtype, [], [value])
}

/** A tensor whose elements all are `value`; it is one number in the graph, whatever its shape. */
export const filled = (
  builder: GraphBuilder,
  dtype: 'float32' | 'int32' | 'bool',
  shape: readonly number[],
  value: number
): Value => expand(builder, constant(builder, dtype, [], [value]), shape)

/** 0, 1, …, count − 1 as int32. */
export const counting = (builder: GraphBuilder, count: number): ConstantValue =>
  constant(
    builder,
    'int32',
    [count],
    Array.from({ length: count }, (_, i) => i)
  )

/** The axis counted from 0, where `axis` may count from the end (−1 is the last). */
export const fromStart = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

/** x as tfjs' own arithmetic of shapes wants it; it has no data there. */
export function infoOf(x: Value): TensorInfo {
  if (x.dtype === 'uint8' || x.dtype === 'int64') {
    throw new Error(`lowering: expected a type that tfjs has, got ${x.dtype}`)
  }
  return { dataId: {}, shape: [...x.shape], dtype: x.dtype }
}
