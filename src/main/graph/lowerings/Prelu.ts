import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { scalarLike, toDtype } from './support'

/** x where x ≥ 0, α·x elsewhere; x and α broadcast both ways, which ONNX' own PRelu does not. */
export function prelu(builder: GraphBuilder, x: Value, alpha: Value): Value {
  const isNegative = builder.op('Less', [x, scalarLike(builder, x, 0)], {})
  return builder.op('Where', [isNegative, builder.op('Mul', [x, alpha], {}), x], {})
}

export const preluLowering = defineLowering<{ readonly x: Value; readonly alpha: Value }>(
  'Prelu',
  ({ x, alpha }, _, { builder }) => prelu(builder, toDtype(builder, x, 'float32'), toDtype(builder, alpha, 'float32'))
)
