import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { constant, counting, reshape, toDtype } from './support'

/**
 * y[s] = Σ x[i] over the i with ids[i] = s: a product with a one-hot matrix. Unlike scattering it adds in a fixed order
 * on any number of threads, and every provider has it. Ids outside of 0 … count − 1 are left out.
 *
 * @param x `[n, size]` of float32 or int32
 * @param ids `[n]` of int32
 * @returns `[count, size]`
 */
export function segmentSum(builder: GraphBuilder, x: Value, ids: Value, count: number): Value {
  const isMember = builder.op(
    'Equal',
    [reshape(builder, counting(builder, count), [count, 1]), reshape(builder, ids, [1, ids.shape[0]!])],
    {}
  )
  return builder.op('MatMul', [toDtype(builder, isMember, x.dtype), x], {})
}

/**
 * Positions in the last axis of `indices` as one number each: Σ index · stride.
 *
 * @param indices `[n, rank]`
 * @param shape the first `rank` sides of what is indexed
 * @returns `[n]`
 */
export function flatIndices(builder: GraphBuilder, indices: Value, shape: readonly number[]): Value {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((size, side) => size * side, 1))
  const weighted = builder.op('Mul', [indices, constant(builder, 'int32', [strides.length], strides)], {})
  return builder.op('ReduceSum', [weighted], { axes: [1], keepDims: false })
}
