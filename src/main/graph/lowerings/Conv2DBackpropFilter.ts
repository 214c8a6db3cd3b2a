import { backend_util, type Conv2DBackpropFilterAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { convolutionMultiplyAdds, correlate } from './convolution/direct'
import { kernelFromOnnx, shape4, swapFirst, toChannelsFirst } from './convolution/layout'
import { window2D } from './convolution/slidingWindow'

/** Gradient of Conv2D with respect to its filter: x `[batch, height, width, in]` → `[height, width, in, out]`. */
export const conv2DBackpropFilterLowering = defineLowering<
  { readonly x: Value; readonly dy: Value },
  Conv2DBackpropFilterAttrs
>('Conv2DBackpropFilter', ({ x, dy }, attributes, trace) => {
  const { filterShape, strides, pad, dimRoundingMode, dataFormat } = attributes
  const { builder } = trace
  const info = backend_util.computeConv2DInfo(
    shape4(x.shape),
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat)
  )
  const window = window2D(info)
  const [xByChannel, dyByChannel] = [x, dy].map((value) =>
    swapFirst(builder, toChannelsFirst(builder, value, dataFormat))
  )
  const inByOut = correlate(builder, xByChannel!, dyByChannel!, window)
  const output = kernelFromOnnx(builder, swapFirst(builder, inByOut))
  trace.countMultiplyAdds(output, convolutionMultiplyAdds(info.batchSize, window, info.inChannels, info.outChannels))
  return output
})
