import {
  backend_util,
  type DepthwiseConv2dNativeAttrs,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type FusedDepthwiseConv2DAttrs
} from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import type { Trace } from '../trace/trace'
import { addBiasAndActivate, type Epilogue } from './activation'
import { convolutionMultiplyAdds, convolve, convolveTransposed, correlate } from './convolution/direct'
import { depthwiseToOnnx, fromChannelsFirst, shape4, toChannelsFirst } from './convolution/layout'
import { type SlidingWindow, window2D } from './convolution/slidingWindow'
import { reshape, transpose } from './support'

// A depthwise convolution is one with a group for each channel: x [batch, height, width, channels] and filter
// [height, width, channels, multiplier] give output channel `channel · multiplier + m`.

interface Depthwise {
  readonly info: backend_util.Conv2DInfo
  readonly window: SlidingWindow
  readonly multiplyAdds: number
}

function depthwise(
  inputShape: readonly number[],
  filterShape: readonly number[],
  {
    strides,
    dilations,
    pad,
    dimRoundingMode,
    dataFormat
  }: Omit<DepthwiseConv2dNativeAttrs, 'dataFormat'> & {
    readonly dataFormat?: 'NHWC' | 'NCHW'
  }
): Depthwise {
  const format = backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC')
  const info = backend_util.computeConv2DInfo(
    shape4(inputShape),
    shape4(filterShape),
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    true,
    format
  )
  const window = window2D(info)
  const multiplier = filterShape[3]!
  return { info, window, multiplyAdds: convolutionMultiplyAdds(info.batchSize, window, info.inChannels, multiplier) }
}

function depthwiseConv2D(trace: Trace, x: Value, filter: Value, attributes: DepthwiseConv2dNativeAttrs): Value {
  const { builder } = trace
  const { dataFormat } = attributes
  const { info, window, multiplyAdds } = depthwise(x.shape, filter.shape, attributes)
  const pictures = toChannelsFirst(builder, x, dataFormat)
  const y = convolve(builder, pictures, depthwiseToOnnx(builder, filter), window, info.inChannels)
  const output = fromChannelsFirst(builder, y, dataFormat)
  trace.countMultiplyAdds(output, multiplyAdds)
  return output
}

export const depthwiseConv2dNativeLowering = defineLowering<
  { readonly x: Value; readonly filter: Value },
  DepthwiseConv2dNativeAttrs
>('DepthwiseConv2dNative', ({ x, filter }, attributes, trace) => depthwiseConv2D(trace, x, filter, attributes))

/** activation(DepthwiseConv2dNative(x, filter) + bias) */
export const fusedDepthwiseConv2DLowering = defineLowering<
  { readonly x: Value; readonly filter: Value } & Epilogue & { readonly [name: string]: Value | undefined },
  FusedDepthwiseConv2DAttrs
>('FusedDepthwiseConv2D', ({ x, filter, ...epilogue }, attributes, trace) =>
  addBiasAndActivate(
    trace.builder,
    depthwiseConv2D(trace, x, filter, attributes),
    epilogue,
    attributes,
    attributes.dataFormat
  )
)

export const depthwiseConv2dNativeBackpropInputLowering = defineLowering<
  { readonly dy: Value; readonly filter: Value },
  DepthwiseConv2dNativeBackpropInputAttrs
>('DepthwiseConv2dNativeBackpropInput', ({ dy, filter }, attributes, trace) => {
  const { builder } = trace
  const { info, window, multiplyAdds } = depthwise(attributes.inputShape, filter.shape, attributes)
  const kernel = depthwiseToOnnx(builder, filter)
  const dx = convolveTransposed(builder, toChannelsFirst(builder, dy), kernel, window, info.inChannels)
  const output = fromChannelsFirst(builder, dx)
  trace.countMultiplyAdds(output, multiplyAdds)
  return output
})

/** The batch is what is summed over, so it takes the place of the channels inside of each group. */
export const depthwiseConv2dNativeBackpropFilterLowering = defineLowering<
  { readonly x: Value; readonly dy: Value },
  DepthwiseConv2dNativeBackpropFilterAttrs
>('DepthwiseConv2dNativeBackpropFilter', ({ x, dy }, attributes, trace) => {
  const { builder } = trace
  const [height, width, channels, multiplier] = attributes.filterShape
  const { info, window, multiplyAdds } = depthwise(x.shape, attributes.filterShape, attributes)
  const planes = reshape(builder, transpose(builder, x, [3, 0, 1, 2]), [
    1,
    channels * info.batchSize,
    ...window.inputSides
  ])
  const correlated = correlate(builder, planes, transpose(builder, dy, [3, 0, 1, 2]), window, channels)
  const kernel = reshape(builder, correlated, [channels, multiplier, height, width])
  const output = transpose(builder, kernel, [2, 3, 0, 1])
  trace.countMultiplyAdds(output, multiplyAdds)
  return output
})
