import { backend_util, type ConcatAttrs, type PackAttrs, util } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { concat, fromStart, reshape } from './support'

/** The inputs one behind the other along an axis; empty ones, which may have any shape, are left out. */
export const concatLowering = defineLowering<readonly Value[], ConcatAttrs>(
  'Concat',
  (inputs, attributes, { builder }) => {
    const values = Object.values(inputs)
    const axis = util.parseAxisParam(attributes.axis, [...values[0]!.shape])[0]!
    backend_util.assertParamsConsistent(
      values.map(({ shape }) => [...shape]),
      axis
    )
    const filled = values.filter(({ shape }) => sizeOf(shape) > 0)
    return concat(builder, filled.length > 0 ? filled : values, axis)
  }
)

/** The inputs one behind the other along a new axis. */
export const packLowering = defineLowering<readonly Value[], PackAttrs>('Pack', (inputs, attributes, { builder }) => {
  const values = Object.values(inputs)
  const { shape } = values[0]!
  for (const other of values) {
    util.assertShapesMatch([...shape], [...other.shape], 'stack: expected tensors of one shape, ')
  }
  const axis = fromStart(attributes.axis, shape.length + 1)
  const rows = values.map((x) => reshape(builder, x, [...shape.slice(0, axis), 1, ...shape.slice(axis)]))
  return concat(builder, rows, axis)
})
