import type { BincountAttrs, DenseBincountAttrs, SearchSortedAttrs } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { counting, reshape, toDtype } from './support'

/** How often (or with what total weight) each of 0 … size − 1 occurs in each row of x `[rows, n]`. */
function countRows(builder: GraphBuilder, x: Value, weights: Value, size: number, isBinary: boolean): Value {
  const column = reshape(builder, x, [...x.shape, 1])
  const isHere = toDtype(builder, builder.op('Equal', [column, counting(builder, size)], {}), weights.dtype)
  const hasWeights = sizeOf(weights.shape) > 0 && !isBinary
  const weighted = hasWeights ? builder.op('Mul', [isHere, reshape(builder, weights, column.shape)], {}) : isHere
  return builder.op(isBinary ? 'ReduceMax' : 'ReduceSum', [weighted], { axes: [1], keepDims: false })
}

type Inputs = { readonly x: Value; readonly weights: Value }

export const bincountLowering = defineLowering<Inputs, BincountAttrs>(
  'Bincount',
  ({ x, weights }, { size }, { builder }) =>
    reshape(builder, countRows(builder, reshape(builder, x, [1, sizeOf(x.shape)]), weights, size, false), [size])
)

export const denseBincountLowering = defineLowering<Inputs, DenseBincountAttrs>(
  'DenseBincount',
  ({ x, weights }, { size, binaryOutput }, { builder }) => {
    const isMatrix = x.shape.length === 2
    const rows = isMatrix ? x : reshape(builder, x, [1, sizeOf(x.shape)])
    // tfjs forgets about binaryOutput for a single row.
    const counts = countRows(builder, rows, weights, size, isMatrix && binaryOutput === true)
    return isMatrix ? counts : reshape(builder, counts, [size])
  }
)

/** Where each value would be inserted: how many of the sorted row are before it (side right: or equal to it). */
export const searchSortedLowering = defineLowering<
  { readonly sortedSequence: Value; readonly values: Value },
  SearchSortedAttrs
>('SearchSorted', ({ sortedSequence, values }, { side }, { builder }) => {
  const row = reshape(builder, sortedSequence, [sortedSequence.shape[0]!, 1, sortedSequence.shape[1]!])
  const column = reshape(builder, values, [...values.shape, 1])
  const isBefore = builder.op(side === 'left' ? 'Less' : 'LessOrEqual', [row, column], {})
  return builder.op('ReduceSum', [toDtype(builder, isBefore, 'int32')], { axes: [2], keepDims: false })
})
