import type { TransposeAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { transpose } from './support'

export const transposeLowering = defineLowering<{ readonly x: Value }, TransposeAttrs>(
  'Transpose',
  ({ x }, { perm }, { builder }) => transpose(builder, x, perm)
)
