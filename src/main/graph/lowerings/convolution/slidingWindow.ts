import type { backend_util } from '@tensorflow/tfjs-core'

/** How the window of a convolution or a pooling moves over the sides of its input; one entry a side. */
export interface SlidingWindow {
  readonly kernelShape: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  /** Begins of all sides, then ends of all sides. */
  readonly pads: readonly number[]
  readonly inputSides: readonly number[]
  readonly outputSides: readonly number[]
}

/** One side of a window. */
interface Side {
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padBegin: number
  readonly input: number
  readonly output: number
}

/**
 * ONNX has ⌊(input + pads − extent) / stride⌋ + 1 positions, extent = dilation · (kernel − 1) + 1. tfjs knows other
 * roundings too, so the end is padded by what the last position that tfjs counts reaches beyond the input.
 */
const padEnd = ({ kernel, stride, dilation, padBegin, input, output }: Side): number =>
  Math.max(0, (output - 1) * stride + dilation * (kernel - 1) + 1 - input - padBegin)

const slidingWindow = (sides: readonly Side[]): SlidingWindow => ({
  kernelShape: sides.map(({ kernel }) => kernel),
  strides: sides.map(({ stride }) => stride),
  dilations: sides.map(({ dilation }) => dilation),
  pads: [...sides.map(({ padBegin }) => padBegin), ...sides.map(padEnd)],
  inputSides: sides.map(({ input }) => input),
  outputSides: sides.map(({ output }) => output)
})

const heightOf = (info: backend_util.Conv2DInfo | backend_util.Conv3DInfo): Side => ({
  kernel: info.filterHeight,
  stride: info.strideHeight,
  dilation: info.dilationHeight,
  padBegin: info.padInfo.top,
  input: info.inHeight,
  output: info.outHeight
})

const widthOf = (info: backend_util.Conv2DInfo | backend_util.Conv3DInfo): Side => ({
  kernel: info.filterWidth,
  stride: info.strideWidth,
  dilation: info.dilationWidth,
  padBegin: info.padInfo.left,
  input: info.inWidth,
  output: info.outWidth
})

const depthOf = (info: backend_util.Conv3DInfo): Side => ({
  kernel: info.filterDepth,
  stride: info.strideDepth,
  dilation: info.dilationDepth,
  padBegin: info.padInfo.front,
  input: info.inDepth,
  output: info.outDepth
})

/** The window that tfjs computed for a convolution or a pooling of pictures. */
export const window2D = (info: backend_util.Conv2DInfo): SlidingWindow => slidingWindow([heightOf(info), widthOf(info)])

/** The window that tfjs computed for a convolution or a pooling of volumes. */
export const window3D = (info: backend_util.Conv3DInfo): SlidingWindow =>
  slidingWindow([depthOf(info), heightOf(info), widthOf(info)])

/** Rows and columns at the ends of the input that no position of the window reaches. */
export const unreached = ({
  kernelShape,
  strides,
  dilations,
  pads,
  inputSides,
  outputSides
}: SlidingWindow): number[] =>
  inputSides.map((input, i) => {
    const extent = dilations[i]! * (kernelShape[i]! - 1) + 1
    return input + pads[i]! + pads[i + inputSides.length]! - ((outputSides[i]! - 1) * strides[i]! + extent)
  })
