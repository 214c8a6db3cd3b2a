import type { CastAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { toDtype } from './support'

export const castLowering = defineLowering<{ readonly x: Value }, CastAttrs>(
  'Cast',
  ({ x }, { dtype }, { builder }) => {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new Error(`Cast: expected float32, int32 or bool, got ${dtype}`)
    }
    return toDtype(builder, x, dtype)
  }
)
