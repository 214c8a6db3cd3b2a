import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import { transpose } from '../support'
import type { ConvolutionAlgorithm } from './convolutionAlgorithm'
import { convolve, convolveTransposed, correlate } from './direct'
import { kernelFromOnnx, kernelToOnnx, swapFirst } from './layout'
import type { SlidingWindow } from './slidingWindow'

/** `[height, width, batch, channels]` ↔ `[batch, channels, height, width]`, its own inverse. */
const turn = (builder: GraphBuilder, x: Value): Value => transpose(builder, x, [2, 3, 0, 1])

/** The runtime's own convolutions. */
export const directConvolution = (window: SlidingWindow): ConvolutionAlgorithm => ({
  forward: (builder, x, w) => turn(builder, convolve(builder, turn(builder, x), kernelToOnnx(builder, w), window)),
  inputGradient: (builder, dy, w) =>
    turn(builder, convolveTransposed(builder, turn(builder, dy), kernelToOnnx(builder, w), window)),
  filterGradient: (builder, x, dy) => {
    const [inputs, gradients] = [x, dy].map((value) => swapFirst(builder, turn(builder, value)))
    return kernelFromOnnx(builder, swapFirst(builder, correlate(builder, inputs!, gradients!, window)))
  }
})
