import {
  backend_util,
  type SliceAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  slice_util,
  type UnpackAttrs,
  util
} from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { infoOf, reshape, slice } from './support'

/** `size[i]` elements from `begin[i]` on along axis i; −1 is all that is left. */
export const sliceLowering = defineLowering<{ readonly x: Value }, SliceAttrs>(
  'Slice',
  ({ x }, attributes, { builder }) => {
    const [begin = [], size = []] = slice_util.parseSliceParams(infoOf(x), attributes.begin, attributes.size)
    slice_util.assertParamsValid(infoOf(x), begin, size)
    return slice(
      builder,
      x,
      begin.map((first, axis) => ({ axis, begin: first, count: size[axis]! }))
    )
  }
)

/** numpy's x[begin:end:stride], with its new and dropped axes; tfjs resolves the masks. */
export const stridedSliceLowering = defineLowering<{ readonly x: Value }, StridedSliceAttrs>(
  'StridedSlice',
  ({ x }, { begin, end, strides, ...masks }, { builder }) => {
    const info = slice_util.sliceInfo(
      [...x.shape],
      begin,
      end,
      strides,
      masks.beginMask,
      masks.endMask,
      masks.ellipsisMask,
      masks.newAxisMask,
      masks.shrinkAxisMask
    )
    const sliced = slice(
      builder,
      x,
      x.shape.map((_, axis) => {
        const [first, last, stride] = [info.begin[axis]!, info.end[axis]!, info.strides[axis]!]
        const count = Math.max(0, Math.ceil((last - first) / stride))
        return count === 0 ? { axis, begin: 0, count } : { axis, begin: first, count, stride }
      })
    )
    return reshape(builder, sliced, info.finalShape)
  }
)

/** x cut along an axis, into equal pieces or pieces of the given sizes. */
export const splitVLowering = defineLowering<{ readonly x: Value }, SplitVAttrs>(
  'SplitV',
  ({ x }, attributes, { builder }) => {
    const axis = util.parseAxisParam(attributes.axis, [...x.shape])[0]!
    const sizes = backend_util.prepareSplitSize(infoOf(x), attributes.numOrSizeSplits, axis)
    return sizes.map((count, i) => {
      const begin = sizes.slice(0, i).reduce((sum, size) => sum + size, 0)
      return slice(builder, x, [{ axis, begin, count }])
    })
  }
)

/** x cut along an axis into pieces without that axis. */
export const unpackLowering = defineLowering<{ readonly value: Value }, UnpackAttrs>(
  'Unpack',
  ({ value }, attributes, { builder }) => {
    const axis = util.parseAxisParam(attributes.axis, [...value.shape])[0]!
    const shape = value.shape.filter((_, i) => i !== axis)
    return Array.from({ length: value.shape[axis]! }, (_, begin) =>
      reshape(builder, slice(builder, value, [{ axis, begin, count: 1 }]), shape)
    )
  }
)
