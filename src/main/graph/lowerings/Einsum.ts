import type { EinsumAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'

export const einsumLowering = defineLowering<readonly Value[], EinsumAttrs>(
  'Einsum',
  (inputs, { equation }, { builder }) => builder.op('Einsum', Object.values(inputs), { equation })
)
