import {
  type AvgPool3DAttrs,
  type AvgPoolAttrs,
  backend_util,
  type MaxPoolWithArgmaxAttrs
} from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { convolveTransposed } from './convolution/direct'
import { fromChannelsFirst, shape4, shape5, toChannelsFirst } from './convolution/layout'
import { type SlidingWindow, window2D, window3D } from './convolution/slidingWindow'
import { concat, constant, filled, pad, reshape, slice, toDtype } from './support'

const product = (sides: readonly number[]): number => sides.reduce((all, side) => all * side, 1)

type WindowOf<Attributes> = (shape: readonly number[], attributes: Attributes) => SlidingWindow

const pool2D: WindowOf<AvgPoolAttrs> = (shape, { filterSize, strides, pad: padding, dimRoundingMode }) =>
  window2D(backend_util.computePool2DInfo(shape4(shape), filterSize, strides, 1, padding, dimRoundingMode))

const pool3D: WindowOf<AvgPool3DAttrs> = (shape, { filterSize, strides, pad: padding, dimRoundingMode }) =>
  window3D(backend_util.computePool3DInfo(shape5(shape), filterSize, strides, 1, padding, dimRoundingMode))

/** The mean or the largest element of each window; what lies outside of the picture counts for nothing. */
const pool = <Attributes extends object>(
  kernel: string,
  windowOf: WindowOf<Attributes>,
  combine: (builder: GraphBuilder, x: Value, window: SlidingWindow) => Value
): Lowering =>
  defineLowering<{ readonly x: Value }, Attributes>(kernel, ({ x }, attributes, { builder }) => {
    const floats = toChannelsFirst(builder, toDtype(builder, x, 'float32'))
    const pooled = combine(builder, floats, windowOf(x.shape, attributes))
    return toDtype(builder, fromChannelsFirst(builder, pooled), x.dtype)
  })

const average = (builder: GraphBuilder, x: Value, { kernelShape, strides, pads }: SlidingWindow): Value =>
  builder.op('AveragePool', [x], { kernelShape, strides, pads, countIncludePad: false })

const largest = (builder: GraphBuilder, x: Value, { kernelShape, strides, pads }: SlidingWindow): Value =>
  builder.op('MaxPool', [x], { kernelShape, strides, pads })

/**
 * Adds each plane of `[batch · channels, planes, …outputs]` to where its window reads: plane p is spread by kernel p of
 * `[planes, 1, …kernel]`.
 */
function spread(
  builder: GraphBuilder,
  planes: Value,
  kernel: Value,
  window: SlidingWindow,
  shape: readonly number[]
): Value {
  const [batch = 1, channels = 1] = [shape[0], shape.at(-1)]
  const dx = convolveTransposed(builder, planes, kernel, window)
  return fromChannelsFirst(builder, reshape(builder, dx, [batch, channels, ...window.inputSides]))
}

/** `[batch, …sides, channels]` → `[batch · channels, 1, …sides]` */
function toPlanes(builder: GraphBuilder, x: Value): Value {
  const first = toChannelsFirst(builder, x)
  const [batch = 1, channels = 1, ...sides] = first.shape
  return reshape(builder, first, [batch * channels, 1, ...sides])
}

/**
 * Each element of the window gets dy / size. That is tfjs' gradient: it divides by the whole window at the border too,
 * where the forward pass divides by what lies inside of the picture.
 */
const averageGradient = <Attributes extends object>(kernel: string, windowOf: WindowOf<Attributes>): Lowering =>
  defineLowering<{ readonly dy: Value; readonly input: Value }, Attributes>(
    kernel,
    ({ dy, input }, attributes, { builder }) => {
      const window = windowOf(input.shape, attributes)
      const share = builder.scalar(1 / product(window.kernelShape))
      const weights = filled(builder, 'float32', [1, 1, ...window.kernelShape], 1)
      return spread(builder, toPlanes(builder, builder.op('Mul', [dy, share], {})), weights, window, input.shape)
    }
  )

/** All positions inside of a window, in row-major order. */
const positionsOf = (kernelShape: readonly number[]): number[][] =>
  kernelShape.reduce<number[][]>(
    (positions, side) =>
      positions.flatMap((position) => Array.from({ length: side }, (_, offset) => [...position, offset])),
    [[]]
  )

/** What each window sees at one of its positions: `[batch, channels, …outputs]`. */
const look = (builder: GraphBuilder, padded: Value, window: SlidingWindow, position: readonly number[]): Value =>
  slice(
    builder,
    padded,
    position.map((begin, i) => ({ axis: i + 2, begin, count: window.outputSides[i]!, stride: window.strides[i]! }))
  )

/** x with −∞ around it, so that each window lies inside; what no window reads is left. */
function padForWindows(builder: GraphBuilder, x: Value, { pads, inputSides }: SlidingWindow): Value {
  const sides = inputSides.length
  return pad(builder, x, [0, 0, ...pads.slice(0, sides)], [0, 0, ...pads.slice(sides)], Number.NEGATIVE_INFINITY)
}

/**
 * dy goes to the element that was the largest of its window; among equal ones to the first (or last) in row-major
 * order, as tfjs chooses. Plane p of the masks has what goes to position p of the window.
 *
 * @param wins 'first' or 'last': which of equal elements gets the gradient
 */
const maximumGradient = <Attributes extends object>(
  kernel: string,
  windowOf: WindowOf<Attributes>,
  wins: 'first' | 'last'
): Lowering =>
  defineLowering<{ readonly dy: Value; readonly input: Value; readonly output: Value }, Attributes>(
    kernel,
    ({ dy, input, output }, attributes, { builder }) => {
      const window = windowOf(input.shape, attributes)
      const positions = positionsOf(window.kernelShape)
      const ordered = wins === 'first' ? positions : [...positions].reverse()
      const padded = padForWindows(builder, toChannelsFirst(builder, input), window)
      const largestOnes = toChannelsFirst(builder, output)
      const isLargest = ordered.map((position) =>
        builder.op('Equal', [look(builder, padded, window, position), largestOnes], {})
      )
      const carried = toPlanes(builder, dy)
      const planes = firstOnly(builder, isLargest).map((mask) =>
        builder.op('Where', [reshape(builder, mask, carried.shape), carried, builder.scalar(0)], {})
      )
      return spread(builder, concat(builder, planes, 1), oneHotKernel(builder, window, ordered), window, input.shape)
    }
  )

/** Each mask without what an earlier mask has. */
function firstOnly(builder: GraphBuilder, masks: readonly Value[]): Value[] {
  let taken: Value | undefined
  return masks.map((mask) => {
    const own = taken === undefined ? mask : builder.op('And', [mask, builder.op('Not', [taken], {})], {})
    taken = taken === undefined ? mask : builder.op('Or', [taken, mask], {})
    return own
  })
}

/** `[positions, 1, …kernel]`: kernel p is 1 at position p alone. */
function oneHotKernel(builder: GraphBuilder, { kernelShape }: SlidingWindow, positions: readonly number[][]): Value {
  const all = positionsOf(kernelShape).map(String)
  const values = positions.flatMap((position) => all.map((other) => (other === String(position) ? 1 : 0)))
  return constant(builder, 'float32', [positions.length, 1, ...kernelShape], values)
}

/**
 * The largest element of each window, and its index: (row · width + column) · channels + channel, and the picture's
 * number in front of that where includeBatchInIndex. ONNX counts ((batch · channels + channel) · height + row) · width +
 * column.
 */
const maxPoolWithArgmax = defineLowering<{ readonly x: Value }, MaxPoolWithArgmaxAttrs>(
  'MaxPoolWithArgmax',
  ({ x }, attributes, { builder }) => {
    const { kernelShape, strides, pads } = pool2D(x.shape, attributes)
    const [batch, height, width, channels] = shape4(x.shape)
    const floats = toChannelsFirst(builder, toDtype(builder, x, 'float32'))
    const values = builder.op('MaxPool', [floats], { kernelShape, strides, pads })
    const indices = builder.op('MaxPool', [floats], { kernelShape, strides, pads, output: 'indices' })
    const size = constant(builder, 'int32', [], [height * width])
    const pixel = builder.op('Mod', [toDtype(builder, indices, 'int32'), size], {})
    const scaled = builder.op('Mul', [pixel, constant(builder, 'int32', [], [channels])], {})
    const offsets = Array.from({ length: batch * channels }, (_, i) => {
      const [picture, channel] = [Math.floor(i / channels), i % channels]
      return channel + (attributes.includeBatchInIndex ? picture * height * width * channels : 0)
    })
    const positions = builder.op('Add', [scaled, constant(builder, 'int32', [batch, channels, 1, 1], offsets)], {})
    return [toDtype(builder, fromChannelsFirst(builder, values), x.dtype), fromChannelsFirst(builder, positions)]
  }
)

/** Kernels that look at pictures, or volumes, through a window. */
export const poolingLowerings: readonly Lowering[] = [
  pool('AvgPool', pool2D, average),
  pool('AvgPool3D', pool3D, average),
  pool('MaxPool', pool2D, largest),
  pool('MaxPool3D', pool3D, largest),
  averageGradient('AvgPoolGrad', pool2D),
  averageGradient('AvgPool3DGrad', pool3D),
  maximumGradient('MaxPoolGrad', pool2D, 'first'),
  maximumGradient('MaxPool3DGrad', pool3D, 'last'),
  maxPoolWithArgmax
]
