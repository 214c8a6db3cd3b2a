import type { MirrorPadAttrs, PadV2Attrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { concat, pad, slice } from './support'

export const padV2Lowering = defineLowering<{ readonly x: Value }, PadV2Attrs>(
  'PadV2',
  ({ x }, { paddings, constantValue }, { builder }) =>
    pad(
      builder,
      x,
      paddings.map(([begin]) => begin),
      paddings.map(([, end]) => end),
      constantValue
    )
)

/**
 * One axis continued by its mirror image: reflect leaves the border itself out, symmetric repeats it. ONNX has only the
 * former, so both are made of backward slices.
 */
function mirrorAxis(builder: GraphBuilder, x: Value, axis: number, begin: number, end: number, skipped: number): Value {
  const length = x.shape[axis]!
  const backwards = (first: number, count: number) =>
    count === 0 ? [] : [slice(builder, x, [{ axis, begin: first, count, stride: -1 }])]
  const before = backwards(begin - 1 + skipped, begin)
  const after = backwards(length - 1 - skipped, end)
  return concat(builder, [...before, x, ...after], axis)
}

export const mirrorPadLowering = defineLowering<{ readonly x: Value }, MirrorPadAttrs>(
  'MirrorPad',
  ({ x }, { paddings, mode }, { builder }) =>
    paddings.reduce(
      (padded, [begin, end], axis) => mirrorAxis(builder, padded, axis, begin, end, mode === 'reflect' ? 1 : 0),
      x
    )
)
