import type { SumAttrs } from '@tensorflow/tfjs-core'
import { util } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { toDtype } from './support'

/** Booleans are counted. */
export const sumLowering = defineLowering<{ readonly x: Value }, SumAttrs>(
  'Sum',
  ({ x }, { axis, keepDims }, { builder }) => {
    const axes = util.parseAxisParam(axis, [...x.shape])
    const numbers = x.dtype === 'bool' ? toDtype(builder, x, 'int32') : x
    return axes.length === 0 ? numbers : builder.op('ReduceSum', [numbers], { axes, keepDims })
  }
)
