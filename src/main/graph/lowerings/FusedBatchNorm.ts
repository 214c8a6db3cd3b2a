import type { FusedBatchNormAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { scalarLike } from './support'

interface Inputs {
  readonly [name: string]: Value | undefined
  readonly x: Value
  readonly mean: Value
  readonly variance: Value
  readonly offset?: Value
  readonly scale?: Value
}

/**
 * (x − mean) · scale / √(variance + ε) + offset. Statistics are of the size of the channels, so their part is computed
 * first; x is centred before it is scaled, since a large mean would swallow digits otherwise.
 */
export const fusedBatchNormLowering = defineLowering<Inputs, FusedBatchNormAttrs>(
  'FusedBatchNorm',
  ({ x, mean, variance, offset, scale }, { varianceEpsilon }, { builder }) => {
    const epsilon = scalarLike(builder, variance, varianceEpsilon)
    const deviation = builder.op('Sqrt', [builder.op('Add', [variance, epsilon], {})], {})
    const factor = builder.op('Div', [scale ?? scalarLike(builder, variance, 1), deviation], {})
    const normalized = builder.op('Mul', [builder.op('Sub', [x, mean], {}), factor], {})
    return offset === undefined ? normalized : builder.op('Add', [normalized, offset], {})
  }
)
