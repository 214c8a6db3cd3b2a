import type { SoftmaxAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { fromStart, toDtype } from './support'

/** exp(x) / Σ exp(x) along an axis. */
export const softmaxLowering = defineLowering<{ readonly logits: Value }, SoftmaxAttrs>(
  'Softmax',
  ({ logits }, { dim }, { builder }) =>
    builder.op('Softmax', [toDtype(builder, logits, 'float32')], { axis: fromStart(dim, logits.shape.length) })
)
