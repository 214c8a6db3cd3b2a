import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import { slice } from '../support'
import { type SlidingWindow, unreached } from './slidingWindow'

// All pictures are [batch, channels, …sides] here, all kernels [out, in / group, …sides].

/** y[b, o, p] = Σ_{i, k} x[b, i, p · stride + k · dilation − pad] · kernel[o, i, k]. */
export const convolve = (builder: GraphBuilder, x: Value, kernel: Value, window: SlidingWindow, group = 1): Value => {
  const { kernelShape, strides, dilations, pads } = window
  return builder.op('Conv', [x, kernel], { kernelShape, strides, dilations, pads, group })
}

/**
 * The gradient of `convolve` with respect to x: each dy[b, o, p] is added, times the kernel, where its window read.
 * ONNX' ConvTranspose is that adjoint; `outputPadding` appends what no window read.
 */
export const convolveTransposed = (
  builder: GraphBuilder,
  dy: Value,
  kernel: Value,
  window: SlidingWindow,
  group = 1
): Value => {
  const { kernelShape, strides, dilations, pads } = window
  return builder.op('ConvTranspose', [dy, kernel], {
    kernelShape,
    strides,
    dilations,
    pads,
    group,
    outputPadding: unreached(window)
  })
}

/**
 * The gradient of `convolve` with respect to the kernel,
 *
 *     dk[o, i, k] = Σ_{b, p} x[b, i, p · stride + k · dilation − pad] · dy[b, o, p]:
 *
 * a convolution again, where k is the position, dy is the kernel, the batch is what is summed over, and stride and
 * dilation have changed places. Where the window left pixels unread, it has more positions than the kernel; those are
 * cut off.
 *
 * @param x with its channels as batch and its batch as channels
 * @param dy with its channels as outputs and its batch as inputs
 */
export function correlate(builder: GraphBuilder, x: Value, dy: Value, window: SlidingWindow, group = 1): Value {
  const correlated = builder.op('Conv', [x, dy], {
    kernelShape: window.outputSides,
    strides: window.dilations,
    dilations: window.strides,
    pads: window.pads,
    group
  })
  return slice(
    builder,
    correlated,
    window.kernelShape.map((count, i) => ({ axis: i + 2, begin: 0, count }))
  )
}

/** Multiply-adds of a convolution and of each of its gradients: all outputs times the kernel, padding included. */
export const convolutionMultiplyAdds = (
  batch: number,
  { outputSides, kernelShape }: SlidingWindow,
  inChannels: number,
  outChannels: number
): number =>
  [...outputSides, ...kernelShape].reduce((product, side) => product * side, batch * inChannels * outChannels)
