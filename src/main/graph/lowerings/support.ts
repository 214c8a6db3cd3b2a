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

/** `count` elements of `x` along `axis` from `start` on; x itself where those are all. */
export const sliceAxis = (builder: GraphBuilder, x: Value, axis: number, start: number, count: number): Value =>
  start === 0 && count === x.shape[axis]
    ? x
    : builder.op('Slice', [x], { starts: [start], ends: [start + count], axes: [axis], steps: [1] })

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
