import type { LRNAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { constant } from './support'

/** `[channels, channels]`, 1 where two channels are at most `radius` apart: x · band sums over neighbouring channels. */
function band(builder: GraphBuilder, channels: number, radius: number): Value {
  const indices = Array.from({ length: channels }, (_, i) => i)
  const values = indices.flatMap((i) => indices.map((j) => (Math.abs(i - j) <= radius ? 1 : 0)))
  return constant(builder, 'float32', [channels, channels], values)
}

/** nᵢ = bias + α Σⱼ xⱼ² over the channels j within depthRadius of i. */
function norms(builder: GraphBuilder, x: Value, { depthRadius, bias, alpha }: LRNAttrs): Value {
  const neighbours = band(builder, x.shape.at(-1)!, depthRadius)
  const sums = builder.op('MatMul', [builder.op('Mul', [x, x], {}), neighbours], {})
  return builder.op('Add', [builder.op('Mul', [sums, builder.scalar(alpha)], {}), builder.scalar(bias)], {})
}

/** yᵢ = xᵢ · nᵢ^−β */
export const lrnLowering = defineLowering<{ readonly x: Value }, LRNAttrs>('LRN', ({ x }, attributes, { builder }) => {
  const scale = builder.op('Pow', [norms(builder, x, attributes), builder.scalar(-attributes.beta)], {})
  return builder.op('Mul', [x, scale], {})
})

/** dxₖ = dyₖ · nₖ^−β − 2αβ · xₖ · Σᵢ dyᵢ · yᵢ / nᵢ over the channels i whose window has k: those within depthRadius. */
export const lrnGradLowering = defineLowering<{ readonly x: Value; readonly y: Value; readonly dy: Value }, LRNAttrs>(
  'LRNGrad',
  ({ x, y, dy }, attributes, { builder }) => {
    const { alpha, beta, depthRadius } = attributes
    const n = norms(builder, x, attributes)
    const own = builder.op('Mul', [dy, builder.op('Pow', [n, builder.scalar(-beta)], {})], {})
    const shares = builder.op('Div', [builder.op('Mul', [dy, y], {}), n], {})
    const sums = builder.op('MatMul', [shares, band(builder, x.shape.at(-1)!, depthRadius)], {})
    const others = builder.op('Mul', [builder.op('Mul', [x, sums], {}), builder.scalar(2 * alpha * beta)], {})
    return builder.op('Sub', [own, others], {})
  }
)
