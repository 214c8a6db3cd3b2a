import { backend_util, type EinsumAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'

/** Sums of products over the letters that the result lacks, as "ij,jk->ik". */
export const einsumLowering = defineLowering<readonly Value[], EinsumAttrs>(
  'Einsum',
  (inputs, { equation }, { builder }) => {
    const values = Object.values(inputs)
    // Throws where tfjs does not know the notation, though ONNX may.
    backend_util.decodeEinsumEquation(equation, values.length)
    return builder.op('Einsum', values, { equation })
  }
)
