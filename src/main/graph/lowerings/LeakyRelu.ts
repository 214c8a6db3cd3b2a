import type { LeakyReluAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { toDtype } from './support'

/** x where x ≥ 0, α·x elsewhere. */
export const leakyRelu = (builder: GraphBuilder, x: Value, alpha: number): Value =>
  builder.op('LeakyRelu', [toDtype(builder, x, 'float32')], { alpha })

export const leakyReluLowering = defineLowering<{ readonly x: Value }, LeakyReluAttrs>(
  'LeakyRelu',
  ({ x }, { alpha }, { builder }) => leakyRelu(builder, x, alpha)
)
