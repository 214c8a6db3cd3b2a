import { backend_util, type ClipByValueAttrs, type StepAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { scalarLike, toDtype } from './support'

type Unary = { readonly x: Value }
type Binary = { readonly a: Value; readonly b: Value }

/** A kernel of one float input that is a formula of several operators; integers become floats first. */
const ofFloat = (kernel: string, formula: (builder: GraphBuilder, x: Value) => Value): Lowering =>
  defineLowering<Unary>(kernel, ({ x }, _, { builder }) => formula(builder, toDtype(builder, x, 'float32')))

/** ln(1 + x): 2·artanh(x / (2 + x)) near 0, where 1 + x would swallow the digits of x. */
function log1p(builder: GraphBuilder, x: Value): Value {
  const [half, one, two] = [0.5, 1, 2].map((value) => builder.scalar(value))
  const isSmall = builder.op('Less', [builder.op('Abs', [x], {}), half!], {})
  const ratio = builder.op('Div', [x, builder.op('Add', [x, two!], {})], {})
  const near = builder.op('Mul', [builder.op('Atanh', [ratio], {}), two!], {})
  const far = builder.op('Log', [builder.op('Add', [x, one!], {})], {})
  return builder.op('Where', [isSmall, near, far], {})
}

/** eˣ − 1 = 2·e^(x/2)·sinh(x/2), which keeps the digits of a small x. Below −50 it is −1, and sinh would overflow. */
function expm1(builder: GraphBuilder, x: Value): Value {
  const bounded = builder.op('Max', [x, builder.scalar(-50)], {})
  const half = builder.op('Mul', [bounded, builder.scalar(0.5)], {})
  const product = builder.op('Mul', [builder.op('Exp', [half], {}), builder.op('Sinh', [half], {})], {})
  return builder.op('Mul', [product, builder.scalar(2)], {})
}

const formulas: readonly Lowering[] = [
  ofFloat('Expm1', expm1),
  ofFloat('Log1p', log1p),
  ofFloat('Elu', (builder, x) => builder.op('Elu', [x], { alpha: 1 })),
  ofFloat('Selu', (builder, x) =>
    builder.op('Selu', [x], {
      alpha: backend_util.SELU_SCALEALPHA / backend_util.SELU_SCALE,
      gamma: backend_util.SELU_SCALE
    })
  ),
  ofFloat('Rsqrt', (builder, x) => builder.op('Reciprocal', [builder.op('Sqrt', [x], {})], {})),
  ofFloat('IsFinite', (builder, x) =>
    builder.op('Less', [builder.op('Abs', [x], {}), builder.scalar(Number.POSITIVE_INFINITY)], {})
  )
]

/** −1, 0 or 1; NaN has no sign. */
const sign = defineLowering<Unary>('Sign', ({ x }, _, { builder }) => {
  const signs = builder.op('Sign', [x], {})
  return x.dtype === 'float32'
    ? builder.op('Where', [builder.op('IsNaN', [x], {}), builder.scalar(0), signs], {})
    : signs
})

const square = defineLowering<Unary>('Square', ({ x }, _, { builder }) => builder.op('Mul', [x, x], {}))

/** The angle of the point (b, a): atan(a / b), turned by half where b is negative. It is 0 for (0, 0). */
const atan2 = defineLowering<Binary>('Atan2', ({ a, b }, _, { builder }) => {
  const [zero, pi] = [builder.scalar(0), builder.scalar(Math.PI)]
  const isBelow = builder.op('Less', [a, zero], {})
  const turn = builder.op('Where', [isBelow, builder.scalar(-Math.PI), pi], {})
  const turned = builder.op('Where', [builder.op('Less', [b, zero], {}), turn, zero], {})
  const angle = builder.op('Add', [builder.op('Atan', [builder.op('Div', [a, b], {})], {}), turned], {})
  const isAhead = builder.op(
    'And',
    [builder.op('Equal', [a, zero], {}), builder.op('GreaterOrEqual', [b, zero], {})],
    {}
  )
  return builder.op('Where', [isAhead, zero, angle], {})
})

/** 1 where x > 0, α elsewhere (tfjs keeps NaN; here it is α). */
const step = defineLowering<Unary, StepAttrs>('Step', ({ x }, { alpha }, { builder }) => {
  const isPositive = builder.op('Greater', [x, scalarLike(builder, x, 0)], {})
  return alpha === 0
    ? toDtype(builder, isPositive, x.dtype)
    : builder.op('Where', [isPositive, scalarLike(builder, x, 1), scalarLike(builder, x, alpha)], {})
})

/** dy where y ≥ 0, dy·(y + 1) elsewhere, y being elu(x): elu′(x) = eˣ = elu(x) + 1 for x < 0. */
const eluGrad = defineLowering<{ readonly dy: Value; readonly y: Value }>('EluGrad', ({ dy, y }, _, { builder }) => {
  const slope = builder.op('Add', [builder.op('Min', [y, builder.scalar(0)], {}), builder.scalar(1)], {})
  return builder.op('Mul', [dy, slope], {})
})

/** min ≤ x ≤ max; a bound that is infinite bounds nothing. */
const clipByValue = defineLowering<Unary, ClipByValueAttrs>(
  'ClipByValue',
  ({ x }, { clipValueMin, clipValueMax }, { builder }) => {
    if (Number.isFinite(clipValueMin) && Number.isFinite(clipValueMax)) {
      return builder.op('Clip', [x], { min: clipValueMin, max: clipValueMax })
    }
    const raised =
      clipValueMin === Number.NEGATIVE_INFINITY ? x : builder.op('Max', [x, scalarLike(builder, x, clipValueMin)], {})
    return clipValueMax === Number.POSITIVE_INFINITY
      ? raised
      : builder.op('Min', [raised, scalarLike(builder, x, clipValueMax)], {})
  }
)

const relu6 = defineLowering<Unary>('Relu6', ({ x }, _, { builder }) => builder.op('Clip', [x], { min: 0, max: 6 }))

const squaredDifference = defineLowering<Binary>('SquaredDifference', ({ a, b }, _, { builder }) => {
  const difference = builder.op('Sub', [a, b], {})
  return builder.op('Mul', [difference, difference], {})
})

const addN = defineLowering<readonly Value[]>('AddN', (inputs, _, { builder }) =>
  Object.values(inputs).reduce((sum, x) => builder.op('Add', [sum, x], {}))
)

const pow = defineLowering<Binary>('Pow', ({ a, b }, _, { builder }) => builder.op('Pow', [a, b], {}))

const notEqual = defineLowering<Binary>('NotEqual', ({ a, b }, _, { builder }) =>
  builder.op('Not', [builder.op('Equal', [a, b], {})], {})
)

/** Arithmetic kernels that take more than one operator, or one with attributes. */
export const arithmeticLowerings: readonly Lowering[] = [
  ...formulas,
  sign,
  square,
  step,
  eluGrad,
  clipByValue,
  relu6,
  squaredDifference,
  addN,
  atan2,
  pow,
  notEqual
]
