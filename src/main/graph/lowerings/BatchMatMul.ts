import type { BatchMatMulAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import type { Trace } from '../trace/trace'
import { reshape, transpose } from './support'

const swapLast = (builder: GraphBuilder, x: Value): Value => {
  const axes = x.shape.map((_, axis) => axis)
  return transpose(builder, x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}

/** A′·B′ of single matrices as one Gemm, which reads transposed operands without copying them. */
function single(builder: GraphBuilder, a: Value, b: Value, transA: boolean, transB: boolean): Value {
  const [left, right] = [reshape(builder, a, a.shape.slice(-2)), reshape(builder, b, b.shape.slice(-2))]
  return builder.op('Gemm', [left, right], { transA, transB, alpha: 1, beta: 1 })
}

/** A′·B′ with A′ = Aᵀ where transA: `[…, m, k]` × `[…, k, n]` → `[…, m, n]`; leading axes broadcast. */
export function batchMatMul(trace: Trace, a: Value, b: Value, transA: boolean, transB: boolean): Value {
  const { builder } = trace
  // onnxruntime has Gemm for floats only, MatMul for integers too.
  const isSingle = [a, b].every(
    ({ dtype, shape }) => dtype === 'float32' && shape.slice(0, -2).every((dim) => dim === 1)
  )
  const product = isSingle
    ? single(builder, a, b, transA, transB)
    : builder.op('MatMul', [transA ? swapLast(builder, a) : a, transB ? swapLast(builder, b) : b], {})
  const inner = a.shape.at(transA ? -2 : -1)!
  trace.countMultiplyAdds(
    product,
    product.shape.reduce((size, dim) => size * dim, inner)
  )
  const rank = Math.max(a.shape.length, b.shape.length)
  return reshape(builder, product, [...Array(rank - product.shape.length).fill(1), ...product.shape])
}

export const batchMatMulLowering = defineLowering<{ readonly a: Value; readonly b: Value }, BatchMatMulAttrs>(
  'BatchMatMul',
  ({ a, b }, { transposeA, transposeB }, trace) => batchMatMul(trace, a, b, transposeA, transposeB)
)
