import { backend_util, type Conv2DBackpropInputAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { convolutionMultiplyAdds, convolveTransposed } from './convolution/direct'
import { fromChannelsFirst, kernelToOnnx, shape4, toChannelsFirst } from './convolution/layout'
import { window2D } from './convolution/slidingWindow'

/** Gradient of Conv2D with respect to its input, and the forward pass of a transposed convolution. */
export const conv2DBackpropInputLowering = defineLowering<
  { readonly dy: Value; readonly filter: Value },
  Conv2DBackpropInputAttrs
>('Conv2DBackpropInput', ({ dy, filter }, attributes, trace) => {
  const { inputShape, strides, pad, dimRoundingMode, dataFormat } = attributes
  const { builder } = trace
  const info = backend_util.computeConv2DInfo(
    inputShape,
    shape4(filter.shape),
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat)
  )
  const window = window2D(info)
  const dx = convolveTransposed(
    builder,
    toChannelsFirst(builder, dy, dataFormat),
    kernelToOnnx(builder, filter),
    window
  )
  const output = fromChannelsFirst(builder, dx, dataFormat)
  trace.countMultiplyAdds(output, convolutionMultiplyAdds(info.batchSize, window, info.inChannels, info.outChannels))
  return output
})
