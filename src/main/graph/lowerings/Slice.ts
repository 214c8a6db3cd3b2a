import {
  backend_util,
  type SliceAttrs,
  type SplitVAttrs,
  slice_util,
  type UnpackAttrs,
  util
} from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { infoOf, reshape, sliceAxis } from './support'

/** `size[i]` elements from `begin[i]` on, along each axis. */
export const slice = (builder: GraphBuilder, x: Value, begin: readonly number[], size: readonly number[]): Value => {
  const axes = x.shape.flatMap((dim, axis) => (begin[axis] === 0 && size[axis] === dim ? [] : [axis]))
  const starts = axes.map((axis) => begin[axis]!)
  const ends = axes.map((axis) => begin[axis]! + size[axis]!)
  return axes.length === 0 ? x : builder.op('Slice', [x], { starts, ends, axes, steps: axes.map(() => 1) })
}

/** A size of −1 is all that is left. */
export const sliceLowering = defineLowering<{ readonly x: Value }, SliceAttrs>(
  'Slice',
  ({ x }, attributes, { builder }) => {
    const [begin, size] = slice_util.parseSliceParams(infoOf(x), attributes.begin, attributes.size)
    slice_util.assertParamsValid(infoOf(x), begin!, size!)
    return slice(builder, x, begin!, size!)
  }
)

/** x cut along an axis, into equal pieces or pieces of the given sizes. */
export const splitVLowering = defineLowering<{ readonly x: Value }, SplitVAttrs>(
  'SplitV',
  ({ x }, { axis, numOrSizeSplits }, { builder }) => {
    const $axis = util.parseAxisParam(axis, [...x.shape])[0]!
    let start = 0
    return backend_util.prepareSplitSize(infoOf(x), numOrSizeSplits, $axis).map((size) => {
      const piece = sliceAxis(builder, x, $axis, start, size)
      start += size
      return piece
    })
  }
)

/** x cut along an axis into pieces without that axis. */
export const unpackLowering = defineLowering<{ readonly value: Value }, UnpackAttrs>(
  'Unpack',
  ({ value }, { axis }, { builder }) => {
    const $axis = util.parseAxisParam(axis, [...value.shape])[0]!
    const shape = value.shape.filter((_, i) => i !== $axis)
    return Array.from({ length: value.shape[$axis]! }, (_, i) =>
      reshape(builder, sliceAxis(builder, value, $axis, i, 1), shape)
    )
  }
)
