import type { FusedConv2DAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { leakyRelu } from './LeakyRelu'
import { prelu } from './Prelu'
import { reshape } from './support'

/** What fused kernels may do after their sum. */
export interface Epilogue {
  readonly bias?: Value
  readonly preluActivationWeights?: Value
}

type Activation = Pick<FusedConv2DAttrs, 'activation' | 'leakyreluAlpha'>

const rules: {
  readonly [Name in Activation['activation']]: (
    builder: GraphBuilder,
    x: Value,
    attributes: Activation,
    weights: Value | undefined
  ) => Value
} = {
  linear: (_, x) => x,
  relu: (builder, x) => builder.op('Relu', [x], {}),
  relu6: (builder, x) => builder.op('Clip', [x], { min: 0, max: 6 }),
  elu: (builder, x) => builder.op('Elu', [x], { alpha: 1 }),
  sigmoid: (builder, x) => builder.op('Sigmoid', [x], {}),
  leakyrelu: (builder, x, { leakyreluAlpha }) => leakyRelu(builder, x, leakyreluAlpha ?? 0.2),
  prelu: (builder, x, _, weights) => {
    if (weights === undefined) {
      throw new Error('prelu: expected its weights, got none')
    }
    return prelu(builder, x, weights)
  }
}

/** `[channels]` where it meets pictures with their channels first: `[channels, 1, 1]`. */
const alongChannels = (builder: GraphBuilder, x: Value, dataFormat: 'NHWC' | 'NCHW'): Value =>
  dataFormat === 'NCHW' && x.shape.length === 1 ? reshape(builder, x, [...x.shape, 1, 1]) : x

/** activation(x + bias); bias and weights are broadcast along the channels. */
export function addBiasAndActivate(
  builder: GraphBuilder,
  x: Value,
  { bias, preluActivationWeights }: Epilogue,
  attributes: Activation,
  dataFormat: 'NHWC' | 'NCHW' = 'NHWC'
): Value {
  const sum = bias === undefined ? x : builder.op('Add', [x, alongChannels(builder, bias, dataFormat)], {})
  const weights =
    preluActivationWeights === undefined ? undefined : alongChannels(builder, preluActivationWeights, dataFormat)
  // Layers without an activation leave the attribute out.
  return rules[attributes.activation ?? 'linear'](builder, sum, attributes, weights)
}
