import { backend_util } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import type { Trace } from '../../trace/trace'
import { transpose } from '../support'
import { chooseConvolution } from './chooseConvolution'
import type { ConvolutionAlgorithm } from './convolutionAlgorithm'
import { convolutionMultiplyAdds } from './direct'
import { type DataFormat, shape4 } from './layout'
import { window2D } from './slidingWindow'

/** What tfjs says of a convolution, whichever of its three functions is asked for. */
interface ConvolutionAttributes {
  readonly strides: [number, number] | number
  readonly pad: Parameters<typeof backend_util.computeConv2DInfo>[4]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
  readonly dataFormat?: DataFormat
  readonly dilations?: [number, number] | number
}

/** A two-dimensional convolution of tfjs: the same for its forward pass and both gradients. */
export interface Convolution2D {
  readonly dataFormat: DataFormat
  readonly multiplyAdds: number
  readonly algorithm: ConvolutionAlgorithm
}

export function describeConvolution2D(
  trace: Trace,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes
): Convolution2D {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC', dilations = 1 } = attributes
  if (dataFormat !== 'NHWC' && dataFormat !== 'NCHW') {
    throw new Error(`convolution: expected two-dimensional pictures, got ${dataFormat}`)
  }
  const info = backend_util.computeConv2DInfo(
    shape4(inputShape),
    shape4(filterShape),
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat)
  )
  const { batchSize: batch, inChannels, outChannels } = info
  const window = window2D(info)
  return {
    dataFormat,
    multiplyAdds: convolutionMultiplyAdds(batch, window, inChannels, outChannels),
    algorithm: chooseConvolution({ window, batch, inChannels, outChannels }, trace.target)
  }
}

/** A batch of pictures as `[height, width, batch, channels]`, the order of the algorithms. */
const toRows = (builder: GraphBuilder, x: Value, dataFormat: DataFormat): Value =>
  transpose(builder, x, dataFormat === 'NCHW' ? [2, 3, 0, 1] : [1, 2, 0, 3])

const fromRows = (builder: GraphBuilder, x: Value, dataFormat: DataFormat): Value =>
  transpose(builder, x, dataFormat === 'NCHW' ? [2, 3, 0, 1] : [2, 0, 1, 3])

/** `output`, with what it stands for noted. */
function counted(trace: Trace, { multiplyAdds }: Convolution2D, output: Value): Value {
  trace.countMultiplyAdds(output, multiplyAdds)
  return output
}

/** y of x and the filter `[height, width, in, out]`. */
export function forward(trace: Trace, convolution: Convolution2D, x: Value, filter: Value): Value {
  const { builder } = trace
  const { algorithm, dataFormat } = convolution
  const y = algorithm.forward(builder, toRows(builder, x, dataFormat), filter)
  return counted(trace, convolution, fromRows(builder, y, dataFormat))
}

/** dx of dy and the filter. */
export function inputGradient(trace: Trace, convolution: Convolution2D, dy: Value, filter: Value): Value {
  const { builder } = trace
  const { algorithm, dataFormat } = convolution
  const dx = algorithm.inputGradient(builder, toRows(builder, dy, dataFormat), filter)
  return counted(trace, convolution, fromRows(builder, dx, dataFormat))
}

/** The filter's gradient of x and dy. */
export function filterGradient(trace: Trace, convolution: Convolution2D, x: Value, dy: Value): Value {
  const { builder } = trace
  const { algorithm, dataFormat } = convolution
  const [rows, gradientRows] = [toRows(builder, x, dataFormat), toRows(builder, dy, dataFormat)]
  return counted(trace, convolution, algorithm.filterGradient(builder, rows, gradientRows))
}
