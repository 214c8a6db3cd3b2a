import {
  backend_util,
  type Conv3DAttrs,
  type Conv3DBackpropFilterV2Attrs,
  type Conv3DBackpropInputV2Attrs
} from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import type { Trace } from '../trace/trace'
import { convolutionMultiplyAdds, convolve, convolveTransposed, correlate } from './convolution/direct'
import {
  fromChannelsFirst,
  kernelFromOnnx,
  kernelToOnnx,
  shape5,
  swapFirst,
  toChannelsFirst
} from './convolution/layout'
import { type SlidingWindow, window3D } from './convolution/slidingWindow'

type Strides = Conv3DAttrs['strides']

/** Volumes are `[batch, depth, height, width, channels]`, filters `[depth, height, width, in, out]`. */
function volumes(
  inputShape: readonly number[],
  filterShape: readonly number[],
  strides: Strides,
  dilations: Strides,
  pad: 'valid' | 'same'
): { readonly window: SlidingWindow; readonly count: (trace: Trace, output: Value) => Value } {
  const info = backend_util.computeConv3DInfo(shape5(inputShape), shape5(filterShape), strides, dilations, pad)
  const window = window3D(info)
  const count = (trace: Trace, output: Value): Value => {
    const { batchSize, inChannels, outChannels } = info
    trace.countMultiplyAdds(output, convolutionMultiplyAdds(batchSize, window, inChannels, outChannels))
    return output
  }
  return { window, count }
}

export const conv3DLowering = defineLowering<{ readonly x: Value; readonly filter: Value }, Conv3DAttrs>(
  'Conv3D',
  ({ x, filter }, { strides, dilations, pad }, trace) => {
    const { builder } = trace
    const { window, count } = volumes(x.shape, filter.shape, strides, dilations, pad)
    const y = convolve(builder, toChannelsFirst(builder, x), kernelToOnnx(builder, filter), window)
    return count(trace, fromChannelsFirst(builder, y))
  }
)

export const conv3DBackpropInputLowering = defineLowering<
  { readonly dy: Value; readonly filter: Value },
  Conv3DBackpropInputV2Attrs
>('Conv3DBackpropInputV2', ({ dy, filter }, { inputShape, strides, pad }, trace) => {
  const { builder } = trace
  const { window, count } = volumes(inputShape, filter.shape, strides, 1, pad)
  const dx = convolveTransposed(builder, toChannelsFirst(builder, dy), kernelToOnnx(builder, filter), window)
  return count(trace, fromChannelsFirst(builder, dx))
})

export const conv3DBackpropFilterLowering = defineLowering<
  { readonly x: Value; readonly dy: Value },
  Conv3DBackpropFilterV2Attrs
>('Conv3DBackpropFilterV2', ({ x, dy }, { filterShape, strides, pad }, trace) => {
  const { builder } = trace
  const { window, count } = volumes(x.shape, filterShape, strides, 1, pad)
  const byChannel = (value: Value) => swapFirst(builder, toChannelsFirst(builder, value))
  const inByOut = correlate(builder, byChannel(x), byChannel(dy), window)
  return count(trace, kernelFromOnnx(builder, swapFirst(builder, inByOut)))
})
