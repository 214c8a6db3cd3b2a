import { backend_util, type GatherV2Attrs, type OneHotAttrs, util } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { constant, counting, infoOf, reshape, toDtype, transpose } from './support'

/**
 * Rows of x along `axis`, chosen by `indices`, whose first `batchDims` axes are those of x. Batches become one long
 * axis: row i of batch b is row b·length + i of all.
 */
export const gatherV2Lowering = defineLowering<{ readonly x: Value; readonly indices: Value }, GatherV2Attrs>(
  'GatherV2',
  ({ x, indices }, attributes, { builder }) => {
    const axis = util.parseAxisParam(attributes.axis, [...x.shape])[0]!
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
      backend_util.segment_util.collectGatherOpShapeInfo(infoOf(x), infoOf(indices), axis, attributes.batchDims ?? 0)
    const split = reshape(builder, x, [batchSize, outerSize, dimSize, sliceSize])
    const rows = transpose(builder, split, [0, 2, 1, 3])
    const perBatch = sizeOf(indices.shape) / batchSize
    const gathered = builder.op(
      'Gather',
      [
        reshape(builder, rows, [batchSize * dimSize, outerSize, sliceSize]),
        addBatchOffsets(builder, reshape(builder, indices, [batchSize, perBatch]), dimSize)
      ],
      { axis: 0 }
    )
    return reshape(builder, transpose(builder, gathered, [0, 2, 1, 3]), outputShape)
  }
)

function addBatchOffsets(builder: GraphBuilder, indices: Value, length: number): Value {
  const batchSize = indices.shape[0]!
  const offsets = Array.from({ length: batchSize }, (_, batch) => batch * length)
  return batchSize === 1
    ? indices
    : builder.op('Add', [indices, constant(builder, 'int32', [batchSize, 1], offsets)], {})
}

/** Slices of `params` at the positions in the last axis of `indices`. */
export const gatherNdLowering = defineLowering<{ readonly params: Value; readonly indices: Value }>(
  'GatherNd',
  ({ params, indices }, _, { builder }) => {
    const [shape] = backend_util.prepareAndValidate(infoOf(params), infoOf(indices))
    return reshape(builder, builder.op('GatherND', [params, toDtype(builder, indices, 'int64')], {}), shape)
  }
)

/** 1 (or onValue) at the index, 0 (or offValue) elsewhere, along a new last axis; nowhere for an index outside. */
export const oneHotLowering = defineLowering<{ readonly indices: Value }, OneHotAttrs>(
  'OneHot',
  ({ indices }, { depth, onValue, offValue, dtype }, { builder }) => {
    const column = reshape(builder, indices, [...indices.shape, 1])
    const isHere = builder.op('Equal', [column, counting(builder, depth)], {})
    const type = dtype === 'float32' ? 'float32' : 'int32'
    const [on, off] = [onValue, offValue].map((value) => constant(builder, type, [], [value]))
    return toDtype(builder, builder.op('Where', [isHere, on!, off!], {}), dtype === 'bool' ? 'bool' : type)
  }
)
