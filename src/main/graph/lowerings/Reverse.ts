import { type ReverseAttrs, util } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { slice } from './support'

/** x read backwards along `axes`. */
export const reverse = (builder: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  slice(
    builder,
    x,
    axes.map((axis) => ({ axis, begin: x.shape[axis]! - 1, count: x.shape[axis]!, stride: -1 }))
  )

export const reverseLowering = defineLowering<{ readonly x: Value }, ReverseAttrs>(
  'Reverse',
  ({ x }, { dims }, { builder }) => reverse(builder, x, util.parseAxisParam(dims, [...x.shape]))
)

/** Pictures `[batch, height, width, channels]` mirrored left to right. */
export const flipLeftRightLowering = defineLowering<{ readonly image: Value }>(
  'FlipLeftRight',
  ({ image }, _, { builder }) => reverse(builder, image, [2])
)
