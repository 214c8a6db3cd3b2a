import { type ExpandDimsAttrs, type ReshapeAttrs, util } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { reshape } from './support'

/** One side of the shape may be −1: whatever the others leave. */
export const reshapeLowering = defineLowering<{ readonly x: Value }, ReshapeAttrs>(
  'Reshape',
  ({ x }, { shape }, { builder }) => reshape(builder, x, util.inferFromImplicitShape(shape, sizeOf(x.shape)))
)

/** An axis of length 1 before axis `dim`, or after the last for −1. */
export const expandDimsLowering = defineLowering<{ readonly input: Value }, ExpandDimsAttrs>(
  'ExpandDims',
  ({ input }, { dim }, { builder }) => {
    const rank = input.shape.length
    util.assert(dim >= -(rank + 1), () => `tf.expandDims: expected an axis from ${-(rank + 1)} on, got ${dim}`)
    const position = dim < 0 ? rank + dim + 1 : dim
    return reshape(builder, input, [...input.shape.slice(0, position), 1, ...input.shape.slice(position)])
  }
)
