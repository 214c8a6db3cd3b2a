import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { reshape, toDtype } from './support'

/** t where the condition holds, e elsewhere. A condition of rank 1 chooses rows. */
export const selectLowering = defineLowering<{ readonly condition: Value; readonly t: Value; readonly e: Value }>(
  'Select',
  ({ condition, t, e }, _, { builder }) => {
    const choosesRows = condition.shape.length === 1 && t.shape.length > 1
    const rows = [...condition.shape, ...t.shape.slice(1).map(() => 1)]
    const where = choosesRows ? reshape(builder, condition, rows) : condition
    // The runtime chooses among numbers only.
    const [yes, no] = [t, e].map((value) => (value.dtype === 'bool' ? toDtype(builder, value, 'int32') : value))
    return toDtype(builder, builder.op('Where', [toDtype(builder, where, 'bool'), yes!, no!], {}), t.dtype)
  }
)
