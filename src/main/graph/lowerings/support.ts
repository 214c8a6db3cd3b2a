import type { GraphBuilder } from '../ir/builder'
import type { ElementType } from '../ir/ops'
import type { Value } from '../ir/value'

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
