import type { _FusedMatMulAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { addBiasAndActivate, type Epilogue } from './activation'
import { batchMatMul } from './BatchMatMul'

/** activation(A′·B′ + bias) with A′ = Aᵀ where transposeA. */
export const fusedMatMulLowering = defineLowering<
  { readonly a: Value; readonly b: Value } & Epilogue & { readonly [name: string]: Value | undefined },
  _FusedMatMulAttrs
>('_FusedMatMul', ({ a, b, ...epilogue }, attributes, trace) => {
  const product = batchMatMul(trace, a, b, attributes.transposeA, attributes.transposeB)
  return addBiasAndActivate(trace.builder, product, epilogue, attributes)
})
