import { backend_util, type Conv2DAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import type { Trace } from '../trace/trace'
import { convolutionMultiplyAdds, convolve } from './convolution/direct'
import { fromChannelsFirst, kernelToOnnx, shape4, toChannelsFirst } from './convolution/layout'
import { window2D } from './convolution/slidingWindow'

/** x `[batch, height, width, in]`, filter `[height, width, in, out]` → `[batch, height′, width′, out]`. */
export function conv2D(trace: Trace, x: Value, filter: Value, attributes: Conv2DAttrs): Value {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attributes
  const { builder } = trace
  const info = backend_util.computeConv2DInfo(
    shape4(x.shape),
    shape4(filter.shape),
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat)
  )
  const window = window2D(info)
  const y = convolve(builder, toChannelsFirst(builder, x, dataFormat), kernelToOnnx(builder, filter), window)
  const output = fromChannelsFirst(builder, y, dataFormat)
  trace.countMultiplyAdds(output, convolutionMultiplyAdds(info.batchSize, window, info.inChannels, info.outChannels))
  return output
}

export const conv2DLowering = defineLowering<{ readonly x: Value; readonly filter: Value }, Conv2DAttrs>(
  'Conv2D',
  ({ x, filter }, attributes, trace) => conv2D(trace, x, filter, attributes)
)
