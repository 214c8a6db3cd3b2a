import {
  type BatchToSpaceNDAttrs,
  backend_util,
  type DepthToSpaceAttrs,
  type SpaceToBatchNDAttrs
} from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { shape4 } from './convolution/layout'
import { pad, reshape, slice, transpose } from './support'

const product = (sides: readonly number[]): number => sides.reduce((all, side) => all * side, 1)

/** Blocks of channels laid out as blocks of pixels: `[b, h, w, s·s·c]` → `[b, h·s, w·s, c]`. */
export const depthToSpaceLowering = defineLowering<{ readonly x: Value }, DepthToSpaceAttrs>(
  'DepthToSpace',
  ({ x }, { blockSize, dataFormat }, { builder }) => {
    const isLast = dataFormat === 'NHWC'
    const [batch, ...sides] = shape4(x.shape)
    const [height, width, depth] = isLast ? sides : [sides[1], sides[2], sides[0]]
    const channels = depth / (blockSize * blockSize)
    const [split, permutation, shape] = isLast
      ? [
          [batch, height, width, blockSize, blockSize, channels],
          [0, 1, 3, 2, 4, 5],
          [batch, height * blockSize, width * blockSize, channels]
        ]
      : [
          [batch, blockSize, blockSize, channels, height, width],
          [0, 3, 4, 1, 5, 2],
          [batch, channels, height * blockSize, width * blockSize]
        ]
    return reshape(builder, transpose(builder, reshape(builder, x, split), permutation), shape)
  }
)

/** Blocks of the batch laid out as blocks of space, then cropped. */
export const batchToSpaceNDLowering = defineLowering<{ readonly x: Value }, BatchToSpaceNDAttrs>(
  'BatchToSpaceND',
  ({ x }, { blockShape, crops }, { builder }) => {
    const blocks = product(blockShape)
    const split = reshape(builder, x, backend_util.getReshaped([...x.shape], blockShape, blocks))
    const permuted = transpose(builder, split, backend_util.getPermuted(split.shape.length, blockShape.length))
    const shape = backend_util.getReshapedPermuted([...x.shape], blockShape, blocks)
    return slice(
      builder,
      reshape(builder, permuted, shape),
      crops.map(([begin = 0, end = 0], i) => ({ axis: i + 1, begin, count: shape[i + 1]! - begin - end }))
    )
  }
)

/** Space padded, then its blocks laid out along the batch. */
export const spaceToBatchNDLowering = defineLowering<{ readonly x: Value }, SpaceToBatchNDAttrs>(
  'SpaceToBatchND',
  ({ x }, { blockShape, paddings }, { builder }) => {
    const around = (side: 0 | 1) => x.shape.map((_, axis) => paddings[axis - 1]?.[side] ?? 0)
    const padded = pad(builder, x, around(0), around(1))
    const [shape, blocks] = [[...padded.shape], product(blockShape)]
    const split = reshape(builder, padded, backend_util.getReshaped(shape, blockShape, blocks, false))
    const permutation = backend_util.getPermuted(split.shape.length, blockShape.length, false)
    return reshape(
      builder,
      transpose(builder, split, permutation),
      backend_util.getReshapedPermuted(shape, blockShape, blocks, false)
    )
  }
)
