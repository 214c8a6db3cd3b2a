import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import { reshape, transpose } from '../support'
import type { AxisShape } from './axis'
import type { ConvolutionAlgorithm } from './convolutionAlgorithm'

/**
 * A convolution that reads few channels, such as those of a picture, as one matrix product, on pictures in the order
 * `[height, width, batch, channels]`. The columns `[kh · kw · in, height′ · width′ · batch]` hold, for each output
 * position, the inputs that its window reads; with few channels they are small, and all three functions read them or
 * write them once:
 *
 *     y = columnsᵀ · w        dw = columns · dy        dcolumns = w · dyᵀ,  added up where windows overlap
 */
export interface NarrowConvolution {
  readonly height: AxisShape
  readonly width: AxisShape
  readonly batch: number
  readonly inChannels: number
  readonly outChannels: number
}

const padAfter = ({ kernel, stride, padBefore, inputs, outputs }: AxisShape): number =>
  Math.max(0, (outputs - 1) * stride + kernel - padBefore - inputs)

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** Zeros before and after the axes of `x`; `x` itself where there are none. */
function pad(builder: GraphBuilder, x: Value, before: readonly number[], after: readonly number[]): Value {
  const pads = [...before, ...after]
  return pads.every((count) => count === 0) ? x : builder.op('Pad', [x], { pads, value: 0, mode: 'constant' })
}

/** Every `stride`-th element of axes 1 and 2 from `offset` on, as many as the axes have outputs. */
function window(builder: GraphBuilder, x: Value, row: number, column: number, plan: NarrowConvolution): Value {
  const { height, width } = plan
  return builder.op('Slice', [x], {
    starts: [row, column],
    ends: [row + (height.outputs - 1) * height.stride + 1, column + (width.outputs - 1) * width.stride + 1],
    axes: [1, 2],
    steps: [height.stride, width.stride]
  })
}

/** The columns `[kh · kw · in, height′ · width′ · batch]` of x `[height, width, batch, in]`. */
function gatherColumns(builder: GraphBuilder, plan: NarrowConvolution, x: Value): Value {
  const { height, width, batch, inChannels } = plan
  const channelsFirst = transpose(builder, x, [3, 0, 1, 2])
  const padded = pad(
    builder,
    channelsFirst,
    [0, height.padBefore, width.padBefore, 0],
    [0, padAfter(height), padAfter(width), 0]
  )
  const windows = range(height.kernel).flatMap((row) =>
    range(width.kernel).map((column) => window(builder, padded, row, column, plan))
  )
  const taps = height.kernel * width.kernel
  return reshape(builder, builder.op('Concat', windows, { axis: 0 }), [
    taps * inChannels,
    height.outputs * width.outputs * batch
  ])
}

const asRows = (builder: GraphBuilder, plan: NarrowConvolution, y: Value): Value =>
  reshape(builder, y, [plan.height.outputs * plan.width.outputs * plan.batch, plan.outChannels])

const asKernelMatrix = (builder: GraphBuilder, plan: NarrowConvolution, w: Value): Value =>
  reshape(builder, w, [plan.height.kernel * plan.width.kernel * plan.inChannels, plan.outChannels])

const gemm = (builder: GraphBuilder, a: Value, b: Value, transA: boolean, transB: boolean): Value =>
  builder.op('Gemm', [a, b], { transA, transB, alpha: 1, beta: 1 })

/** y `[height′, width′, batch, out]` of x and w `[kh, kw, in, out]`. */
function narrowForward(builder: GraphBuilder, plan: NarrowConvolution, x: Value, w: Value): Value {
  const y = gemm(builder, gatherColumns(builder, plan, x), asKernelMatrix(builder, plan, w), true, false)
  return reshape(builder, y, [plan.height.outputs, plan.width.outputs, plan.batch, plan.outChannels])
}

/** dw `[kh, kw, in, out]` of x and dy. */
function narrowFilterGradient(builder: GraphBuilder, plan: NarrowConvolution, x: Value, dy: Value): Value {
  const dw = gemm(builder, gatherColumns(builder, plan, x), asRows(builder, plan, dy), false, false)
  return reshape(builder, dw, [plan.height.kernel, plan.width.kernel, plan.inChannels, plan.outChannels])
}

/**
 * Adds up windows along one axis: z[stride · (o + i) + φ] += v[tap stride · i + φ, …, position o].
 *
 * @param v with the taps (a multiple of the stride) as axis `tapAxis` and the positions as axis `positionAxis`
 * @returns the same rank, the tap axis now being the phase and the position axis o + i
 */
function overlap(builder: GraphBuilder, v: Value, tapAxis: number, positionAxis: number, axis: AxisShape): Value {
  const shifts = Math.ceil(axis.kernel / axis.stride)
  const shifted = range(shifts).map((i) => {
    const taps = builder.op('Slice', [v], {
      starts: [i * axis.stride],
      ends: [(i + 1) * axis.stride],
      axes: [tapAxis],
      steps: [1]
    })
    const at = (count: number) => range(v.shape.length).map((other) => (other === positionAxis ? count : 0))
    return pad(builder, taps, at(i), at(shifts - 1 - i))
  })
  return shifted.reduce((sum, part) => builder.op('Add', [sum, part], {}))
}

/** Positions of an axis after `overlap`: whole phases, stride · positions elements. */
const overlapPositions = ({ kernel, stride, outputs }: AxisShape): number => outputs + Math.ceil(kernel / stride) - 1

/** Cuts the padding off both sides, and appends zeros for what no window read. */
function cutPadding(builder: GraphBuilder, z: Value, { height, width }: NarrowConvolution): Value {
  const missing = (axis: AxisShape) => Math.max(0, axis.padBefore + axis.inputs - axis.stride * overlapPositions(axis))
  const whole = pad(builder, z, [0, 0, 0, 0], [missing(height), missing(width), 0, 0])
  return builder.op('Slice', [whole], {
    starts: [height.padBefore, width.padBefore],
    ends: [height.padBefore + height.inputs, width.padBefore + width.inputs],
    axes: [0, 1],
    steps: [1, 1]
  })
}

/** dx `[height, width, batch, in]` of dy and w. */
function narrowInputGradient(builder: GraphBuilder, plan: NarrowConvolution, dy: Value, w: Value): Value {
  const { height, width, batch, inChannels } = plan
  const columns = gemm(builder, asKernelMatrix(builder, plan, w), asRows(builder, plan, dy), false, true)
  const split = [height.kernel, width.kernel, inChannels, height.outputs, width.outputs, batch]
  const wholePhases = ({ kernel, stride }: AxisShape) => Math.ceil(kernel / stride) * stride - kernel
  const taps = pad(builder, reshape(builder, columns, split), Array(6).fill(0), [
    wholePhases(height),
    wholePhases(width),
    ...Array<number>(4).fill(0)
  ])
  const rows = overlap(builder, taps, 0, 3, height)
  const both = overlap(builder, rows, 1, 4, width)
  const interleaved = transpose(builder, both, [3, 0, 4, 1, 5, 2])
  const [z, zWidth] = [height.stride * overlapPositions(height), width.stride * overlapPositions(width)]
  return cutPadding(builder, reshape(builder, interleaved, [z, zWidth, batch, inChannels]), plan)
}

export const narrowConvolution = (plan: NarrowConvolution): ConvolutionAlgorithm => ({
  forward: (builder, x, w) => narrowForward(builder, plan, x, w),
  inputGradient: (builder, dy, w) => narrowInputGradient(builder, plan, dy, w),
  filterGradient: (builder, x, dy) => narrowFilterGradient(builder, plan, x, dy)
})
