import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { scalarLike, toDtype } from './support'

type Inputs = { readonly a: Value; readonly b: Value }

const compare = (builder: GraphBuilder, op: 'Equal' | 'Less' | 'GreaterOrEqual', a: Value, b: number): Value =>
  builder.op(op, [a, scalarLike(builder, a, b)], {})

/** `value` where b is not 0, and 0 where it is: what tfjs' integers are when nothing else is said. */
const zeroWithoutDivisor = (builder: GraphBuilder, b: Value, value: Value): Value =>
  builder.op('Where', [compare(builder, 'Equal', b, 0), scalarLike(builder, value, 0), value], {})

/** b, or 1 where it is 0: the processor traps when an integer is divided by 0, and takes the process with it. */
const safeDivisor = (builder: GraphBuilder, b: Value): Value =>
  builder.op('Where', [compare(builder, 'Equal', b, 0), scalarLike(builder, b, 1), b], {})

/**
 * ⌊a / b⌋ of integers, 0 where b is 0. a mod b has the sign of b, so that a − (a mod b) is divided without a rest and
 * no rounding matters.
 */
function floorDivIntegers(builder: GraphBuilder, a: Value, b: Value): Value {
  const divisor = safeDivisor(builder, b)
  const whole = builder.op('Sub', [a, builder.op('Mod', [a, divisor], {})], {})
  return zeroWithoutDivisor(builder, b, builder.op('Div', [whole, divisor], {}))
}

/** The result is int32 for floats too, as in tfjs. */
const floorDiv = defineLowering<Inputs>('FloorDiv', ({ a, b }, _, { builder }) =>
  a.dtype === 'float32'
    ? toDtype(builder, builder.op('Floor', [builder.op('Div', [a, b], {})], {}), 'int32')
    : floorDivIntegers(builder, a, b)
)

/** The rest of floats with the sign of the divisor: C's fmod has that of a, so b is added once where signs differ. */
function modFloats(builder: GraphBuilder, a: Value, b: Value): Value {
  const rest = builder.op('Mod', [a, b], {})
  const [aIsNegative, bIsNegative] = [a, b].map((value) => compare(builder, 'Less', value, 0))
  const raised = builder.op('Mod', [builder.op('Add', [rest, b], {}), b], {})
  return builder.op('Where', [builder.op('Equal', [aIsNegative!, bIsNegative!], {}), rest, raised], {})
}

/** a − b·⌊a / b⌋ */
const mod = defineLowering<Inputs>('Mod', ({ a, b }, _, { builder }) =>
  a.dtype === 'float32'
    ? modFloats(builder, a, b)
    : zeroWithoutDivisor(builder, b, builder.op('Mod', [a, safeDivisor(builder, b)], {}))
)

/** Division with a rest. */
export const divisionLowerings: readonly Lowering[] = [floorDiv, mod]
