import {
  backend_util,
  type ScatterNdAttrs,
  type SparseToDenseAttrs,
  type UnsortedSegmentSumAttrs
} from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { flatIndices, segmentSum } from './segmentSum'
import { expand, filled, infoOf, reshape, toDtype } from './support'

/** Sums of the rows of x whose segment id is equal: what the gradient of an embedding is. */
export const unsortedSegmentSumLowering = defineLowering<
  { readonly x: Value; readonly segmentIds: Value },
  UnsortedSegmentSumAttrs
>('UnsortedSegmentSum', ({ x, segmentIds }, { numSegments }, { builder }) => {
  const [rows = 0, ...rest] = x.shape
  const sums = segmentSum(builder, reshape(builder, x, [rows, sizeOf(rest)]), segmentIds, numSegments)
  return reshape(builder, sums, [numSegments, ...rest])
})

/** Zeros with `updates` added at `indices`; equal indices add up. */
export const scatterNdLowering = defineLowering<{ readonly indices: Value; readonly updates: Value }, ScatterNdAttrs>(
  'ScatterNd',
  ({ indices, updates }, { shape }, { builder }) => {
    const { sliceRank, numUpdates, sliceSize } = backend_util.calculateShapes(infoOf(updates), infoOf(indices), shape)
    if (numUpdates === 0 || sizeOf(shape) === 0) {
      return filled(builder, updates.dtype === 'int32' ? 'int32' : 'float32', shape, 0)
    }
    const indexed = shape.slice(0, sliceRank)
    const ids = flatIndices(builder, reshape(builder, indices, [numUpdates, sliceRank]), indexed)
    const rows = reshape(builder, updates, [numUpdates, sliceSize])
    return reshape(builder, segmentSum(builder, rows, ids, sizeOf(indexed)), shape)
  }
)

/** x with `updates` in place of what it has at `indices`, which differ from each other. */
function replaceAt(builder: GraphBuilder, x: Value, indices: Value, updates: Value): Value {
  const { sliceRank, numUpdates } = backend_util.calculateShapes(infoOf(updates), infoOf(indices), [...x.shape])
  const positions = toDtype(builder, reshape(builder, indices, [numUpdates, sliceRank]), 'int64')
  const shape = [numUpdates, ...x.shape.slice(sliceRank)]
  const rows = updates.shape.length === 0 ? expand(builder, updates, shape) : reshape(builder, updates, shape)
  return builder.op('ScatterND', [x, positions, rows], { reduction: 'none' })
}

export const tensorScatterUpdateLowering = defineLowering<{
  readonly tensor: Value
  readonly indices: Value
  readonly updates: Value
}>('TensorScatterUpdate', ({ tensor, indices, updates }, _, { builder }) =>
  replaceAt(builder, tensor, indices, updates)
)

export const sparseToDenseLowering = defineLowering<
  { readonly sparseIndices: Value; readonly sparseValues: Value; readonly defaultValue: Value },
  SparseToDenseAttrs
>('SparseToDense', ({ sparseIndices, sparseValues, defaultValue }, { outputShape }, { builder }) => {
  const background = expand(builder, toDtype(builder, defaultValue, sparseValues.dtype), outputShape)
  return replaceAt(builder, background, sparseIndices, sparseValues)
})
