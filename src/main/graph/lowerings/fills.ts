import { type FillAttrs, type LinSpaceAttrs, type RangeAttrs, util } from '@tensorflow/tfjs-core'
import type { ElementType } from '../ir/ops'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { constant, filled } from './support'

function numeric(dtype: ElementType | string): 'float32' | 'int32' | 'bool' {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') {
    return dtype
  }
  throw new Error(`lowering: expected float32, int32 or bool, got ${dtype}`)
}

const fill = defineLowering<Record<never, never>, FillAttrs>('Fill', (_, { shape, value, dtype }, { builder }) =>
  filled(builder, numeric(dtype || util.inferDtype(value)), shape, Number(value))
)

const like = (kernel: string, value: number): Lowering =>
  defineLowering<{ readonly x: Value }>(kernel, ({ x }, _, { builder }) =>
    filled(builder, numeric(x.dtype), x.shape, value)
  )

/** start, start + step, … before stop. tfjs counts downwards by one where a range that falls has the default step. */
const range = defineLowering<Record<never, never>, RangeAttrs>(
  'Range',
  (_, { start, stop, step, dtype }, { builder }) => {
    const signed = stop < start && step === 1 ? -1 : step
    const count = Math.max(0, Math.ceil((stop - start) / signed))
    const values = Array.from({ length: count }, (_, i) => start + i * signed)
    return constant(builder, dtype, [count], values)
  }
)

/** `num` numbers from start to stop, both included, evenly spaced. */
const linSpace = defineLowering<Record<never, never>, LinSpaceAttrs>(
  'LinSpace',
  (_, { start, stop, num }, { builder }) => {
    const values = Array.from({ length: num }, (_, i) => start + (i * (stop - start)) / (num - 1))
    return constant(builder, 'float32', [num], num === 1 ? [start] : values)
  }
)

/** Kernels whose values are known when the graph is built. */
export const fillLowerings: readonly Lowering[] = [fill, like('ZerosLike', 0), like('OnesLike', 1), range, linSpace]
