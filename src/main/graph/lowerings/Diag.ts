import { sizeOf } from '../../../shared/tensor'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { counting, reshape, scalarLike, toDtype } from './support'

/** `[…shape]` → `[…shape, …shape]` with x on the diagonal and zeros elsewhere. */
export const diagLowering = defineLowering<{ readonly x: Value }>('Diag', ({ x }, _, { builder }) => {
  const size = sizeOf(x.shape)
  const indices = counting(builder, size)
  const isDiagonal = builder.op('Equal', [reshape(builder, indices, [size, 1]), indices], {})
  const numbers = x.dtype === 'bool' ? toDtype(builder, x, 'int32') : x
  const row = reshape(builder, numbers, [1, size])
  const matrix = builder.op('Where', [isDiagonal, row, scalarLike(builder, row, 0)], {})
  return toDtype(builder, reshape(builder, matrix, [...x.shape, ...x.shape]), x.dtype)
})
