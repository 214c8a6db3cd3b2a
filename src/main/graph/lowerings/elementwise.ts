import type { OpAttributes, OpName } from '../ir/ops'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { toDtype } from './support'

type Plain = { [Op in OpName]: Record<never, never> extends OpAttributes[Op] ? Op : never }[OpName]

/** Kernels of one input that are one operator, defined for floats; integers become floats first. */
const floatUnary: { readonly [kernel: string]: Plain } = {
  Acos: 'Acos',
  Acosh: 'Acosh',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Erf: 'Erf',
  Exp: 'Exp',
  IsInf: 'IsInf',
  IsNan: 'IsNaN',
  Log: 'Log',
  Reciprocal: 'Reciprocal',
  Sigmoid: 'Sigmoid',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Tan: 'Tan',
  Tanh: 'Tanh'
}

/** Kernels of one input that are one operator and keep the element type. */
const sameTypeUnary: { readonly [kernel: string]: Plain } = {
  Abs: 'Abs',
  Identity: 'Identity',
  LogicalNot: 'Not',
  Neg: 'Neg',
  Relu: 'Relu'
}

/** Rounding does nothing to integers, and the runtime has no such operators for them. */
const rounding: { readonly [kernel: string]: Plain } = { Ceil: 'Ceil', Floor: 'Floor', Round: 'Round' }

/** Kernels of two broadcast inputs of one element type that are one operator. */
const binary: { readonly [kernel: string]: Plain } = {
  Add: 'Add',
  BitwiseAnd: 'BitwiseAnd',
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Less: 'Less',
  LessEqual: 'LessOrEqual',
  LogicalAnd: 'And',
  LogicalOr: 'Or',
  Maximum: 'Max',
  Minimum: 'Min',
  Multiply: 'Mul',
  RealDiv: 'Div',
  Sub: 'Sub'
}

const unary = (table: { readonly [kernel: string]: Plain }, convert: (x: Value) => boolean): Lowering[] =>
  Object.entries(table).map(([kernel, op]) =>
    defineLowering<{ readonly x: Value }>(kernel, ({ x }, _, { builder }) =>
      builder.op(op, [convert(x) ? toDtype(builder, x, 'float32') : x], {})
    )
  )

const roundingLowerings = Object.entries(rounding).map(([kernel, op]) =>
  defineLowering<{ readonly x: Value }>(kernel, ({ x }, _, { builder }) =>
    x.dtype === 'float32' ? builder.op(op, [x], {}) : x
  )
)

/** onnxruntime has arithmetic and order for numbers only; tfjs lets booleans take part as 0 and 1. */
const binaryLowerings = Object.entries(binary).map(([kernel, op]) =>
  defineLowering<{ readonly a: Value; readonly b: Value }>(kernel, ({ a, b }, _, { builder }) => {
    const isLogical = op === 'And' || op === 'Or'
    const toNumber = (x: Value) => (x.dtype === 'bool' && !isLogical ? toDtype(builder, x, 'int32') : x)
    return builder.op(op, [toNumber(a), toNumber(b)], {})
  })
)

/** All kernels that are one operator. */
export const elementwiseLowerings: readonly Lowering[] = [
  ...unary(floatUnary, (x) => x.dtype !== 'float32'),
  ...unary(sameTypeUnary, () => false),
  ...roundingLowerings,
  ...binaryLowerings
]
