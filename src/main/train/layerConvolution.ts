import type { LayerSpec } from '../../shared/architecture/layers'
import type { ConvolutionShape } from '../graph/lowerings/convolution/chooseConvolution'
import { type Shape, toPair } from '../model/shapes'

/** The convolution that a layer is, from the larger of its maps to the smaller; null for other layers. */
export function convolutionShapeOf(
  spec: LayerSpec,
  input: Shape,
  output: Shape,
  batch: number
): ConvolutionShape | null {
  if (spec.type !== 'Conv2D' && spec.type !== 'Conv2DTranspose') {
    return null
  }
  const [from, to] = spec.type === 'Conv2D' ? [input, output] : [output, input]
  const strides = toPair(spec.strides)
  const kernelShape = toPair(spec.kernelSize)
  const padding = (side: 0 | 1) => {
    const total = Math.max(0, (to[side]! - 1) * strides[side] + kernelShape[side] - from[side]!)
    return spec.padding === 'same' ? Math.floor(total / 2) : 0
  }
  return {
    window: {
      kernelShape,
      strides,
      dilations: spec.type === 'Conv2D' ? toPair(spec.dilationRate) : [1, 1],
      pads: [padding(0), padding(1), 0, 0],
      inputSides: [from[0]!, from[1]!],
      outputSides: [to[0]!, to[1]!]
    },
    batch,
    inChannels: from[2]!,
    outChannels: to[2]!
  }
}
