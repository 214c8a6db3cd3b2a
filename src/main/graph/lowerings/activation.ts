import type { FusedConv2DAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { leakyRelu } from './LeakyRelu'
import { prelu } from './Prelu'

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
    epilogue: Epilogue
  ) => Value
} = {
  linear: (_, x) => x,
  relu: (builder, x) => builder.op('Relu', [x], {}),
  relu6: (builder, x) => builder.op('Clip', [x], { min: 0, max: 6 }),
  elu: (builder, x) => builder.op('Elu', [x], { alpha: 1 }),
  sigmoid: (builder, x) => builder.op('Sigmoid', [x], {}),
  leakyrelu: (builder, x, { leakyreluAlpha }) => leakyRelu(builder, x, leakyreluAlpha ?? 0.2),
  prelu: (builder, x, _, { preluActivationWeights }) => {
    if (preluActivationWeights === undefined) {
      throw new Error('prelu: expected its weights, got none')
    }
    return prelu(builder, x, preluActivationWeights)
  }
}

/** activation(x + bias); the bias is broadcast. */
export function addBiasAndActivate(builder: GraphBuilder, x: Value, epilogue: Epilogue, attributes: Activation): Value {
  const sum = epilogue.bias === undefined ? x : builder.op('Add', [x, epilogue.bias], {})
  // Layers without an activation leave the attribute out.
  return rules[attributes.activation ?? 'linear'](builder, sum, attributes, epilogue)
}
