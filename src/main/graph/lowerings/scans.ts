import type { ArgMaxAttrs, CumprodAttrs, CumsumAttrs, TopKAttrs } from '@tensorflow/tfjs-core'
import { util } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { reverse } from './Reverse'
import { fromStart, pad, slice, toDtype } from './support'

/** The runtime orders and adds numbers only. */
const toNumber = (builder: GraphBuilder, x: Value): Value => (x.dtype === 'bool' ? toDtype(builder, x, 'int32') : x)

/** y[i] = Σ x[j] over j ≤ i (exclusive: j < i; reverse: from the end). */
export const cumsumLowering = defineLowering<{ readonly x: Value }, CumsumAttrs>(
  'Cumsum',
  ({ x }, { axis, exclusive, reverse: fromEnd }, { builder }) =>
    builder.op('CumSum', [toNumber(builder, x)], { axis: fromStart(axis, x.shape.length), exclusive, reverse: fromEnd })
)

/** x moved `count` places on along `axis`, with ones before it. */
function shift(builder: GraphBuilder, x: Value, axis: number, count: number): Value {
  const begins = x.shape.map((_, i) => (i === axis ? count : 0))
  const ends = x.shape.map(() => 0)
  return slice(builder, pad(builder, x, begins, ends, 1), [{ axis, begin: 0, count: x.shape[axis]! }])
}

/** y[i] = Π x[j] over j ≤ i by doubling: after the step of width w each element is the product of 2w. */
function cumulativeProduct(builder: GraphBuilder, x: Value, axis: number): Value {
  let products = x
  for (let width = 1; width < x.shape[axis]!; width *= 2) {
    products = builder.op('Mul', [products, shift(builder, products, axis, width)], {})
  }
  return products
}

export const cumprodLowering = defineLowering<{ readonly x: Value }, CumprodAttrs>(
  'Cumprod',
  ({ x }, { axis, exclusive, reverse: fromEnd }, { builder }) => {
    const $axis = fromStart(axis, x.shape.length)
    const numbers = toNumber(builder, x)
    const turn = (value: Value) => (fromEnd ? reverse(builder, value, [$axis]) : value)
    const products = cumulativeProduct(builder, turn(numbers), $axis)
    return turn(exclusive ? shift(builder, products, $axis, 1) : products)
  }
)

/** x with `value` in place of NaN. */
const replaceNaN = (builder: GraphBuilder, x: Value, value: number): Value =>
  x.dtype === 'float32' ? builder.op('Where', [builder.op('IsNaN', [x], {}), builder.scalar(value), x], {}) : x

/** The first index of the largest (smallest) element along an axis; NaN is neither. */
const argReduction = (kernel: 'ArgMax' | 'ArgMin', loser: number) =>
  defineLowering<{ readonly x: Value }, ArgMaxAttrs>(kernel, ({ x }, attributes, { builder }) => {
    const axis = util.parseAxisParam(attributes.axis, [...x.shape])[0]!
    const numbers = replaceNaN(builder, toNumber(builder, x), loser)
    return toDtype(builder, builder.op(kernel, [numbers], { axis }), 'int32')
  })

export const argMaxLowering = argReduction('ArgMax', Number.NEGATIVE_INFINITY)
export const argMinLowering = argReduction('ArgMin', Number.POSITIVE_INFINITY)

/** The k largest elements of the last axis, largest first, equal ones in order, and their indices. */
export const topKLowering = defineLowering<{ readonly x: Value }, TopKAttrs>('TopK', ({ x }, { k }, { builder }) => {
  const axis = x.shape.length - 1
  const [values, indices] = (['values', 'indices'] as const).map((output) =>
    builder.op('TopK', [toNumber(builder, x)], { axis, k, output })
  )
  return [toDtype(builder, values!, x.dtype), toDtype(builder, indices!, 'int32')]
})
