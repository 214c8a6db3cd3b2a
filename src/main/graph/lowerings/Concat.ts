import { backend_util, type ConcatAttrs, type PackAttrs, util } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { fromStart, reshape } from './support'

/** The inputs one behind the other along `axis`. */
export const concatLowering = defineLowering<readonly Value[], ConcatAttrs>(
  'Concat',
  (inputs, { axis }, { builder }) => {
    const values = Object.values(inputs)
    const first = values[0]!
    const filledOnes = values.filter(({ shape }) => sizeOf(shape) > 0)
    const $axis = util.parseAxisParam(axis, [...first.shape])[0]!
    // tfjs leaves this to its kernels; inputs without elements are checked too, though they are left out below.
    backend_util.assertParamsConsistent(
      values.map(({ shape }) => [...shape]),
      $axis
    )
    if (filledOnes.length <= 1) {
      return filledOnes[0] ?? builder.op('Concat', values, { axis: $axis })
    }
    return builder.op('Concat', filledOnes, { axis: $axis })
  }
)

/** The inputs one behind the other along a new axis. */
export const packLowering = defineLowering<readonly Value[], PackAttrs>('Pack', (inputs, { axis }, { builder }) => {
  const values = Object.values(inputs)
  const { shape } = values[0]!
  for (const x of values) {
    util.assertShapesMatch([...shape], [...x.shape], 'tf.stack: ')
  }
  const position = fromStart(axis, shape.length + 1)
  const rows = values.map((x) => reshape(builder, x, [...shape.slice(0, position), 1, ...shape.slice(position)]))
  return rows.length === 1 ? rows[0]! : builder.op('Concat', rows, { axis: position })
})
