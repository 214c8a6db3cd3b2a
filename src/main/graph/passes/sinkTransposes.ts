import { sizeOf } from '../../../shared/tensor'
import type { GraphBuilder } from '../ir/builder'
import type { OpName } from '../ir/ops'
import type { Pass } from '../ir/pass'
import { equalLists, invert, isIdentity } from '../ir/permutation'
import { type RewriteRule, rewrite } from '../ir/rewrite'
import { isOp, type OpValue, type Value } from '../ir/value'
import { simplifyTranspose } from './simplify'

/** Operators that treat each element (of broadcast inputs) alone, so that they commute with any order of axes. */
const elementwise: ReadonlySet<OpName> = new Set<OpName>([
  ...(['Abs', 'Cast', 'Ceil', 'Clip', 'Cos', 'Elu', 'Erf', 'Exp', 'Floor', 'Identity', 'IsInf', 'IsNaN'] as const),
  ...(['LeakyRelu', 'Log', 'Neg', 'Not', 'Reciprocal', 'Relu', 'Round', 'Sigmoid', 'Sign', 'Sin'] as const),
  ...(['Softplus', 'Sqrt', 'Tanh', 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'Max', 'Min', 'Mod', 'And', 'Or'] as const),
  ...(['Xor', 'Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Where'] as const)
])

/** y = Transpose(x, p), whether x is transposed in the graph or not at all. */
interface Transposed {
  readonly x: Value
  readonly permutation: readonly number[]
}

const transposed = (value: Value): Transposed | undefined =>
  isOp(value, 'Transpose') ? { x: value.inputs[0]!, permutation: value.attributes.permutation } : undefined

/** The permutation of the largest transposed input of full rank: the one that pays most to move. */
function leadingPermutation(inputs: readonly Value[], rank: number): readonly number[] | undefined {
  const candidates = inputs.flatMap((input) => {
    const found = input.shape.length === rank ? transposed(input) : undefined
    return found === undefined ? [] : [{ ...found, size: sizeOf(input.shape) }]
  })
  return candidates.sort((a, b) => b.size - a.size)[0]?.permutation
}

/**
 * `value` with axes in the order before `permutation`, so that Transpose(result, permutation) = value. Free for what is
 * transposed by `permutation` already and for what is one row or less; otherwise it costs a transpose.
 */
function untransposed(value: Value, permutation: readonly number[], builder: GraphBuilder): Value {
  const found = transposed(value)
  if (found !== undefined && equalLists(found.permutation, permutation)) {
    return found.x
  }
  const rank = permutation.length
  const shape = [...Array(rank - value.shape.length).fill(1), ...value.shape]
  const aligned = shape.length === value.shape.length ? value : builder.op('Reshape', [value], { shape })
  const inverse = invert(permutation)
  const isRow = shape.filter((dim) => dim !== 1).length <= 1
  return isRow
    ? builder.op('Reshape', [aligned], { shape: inverse.map((axis) => shape[axis]!) })
    : builder.op('Transpose', [aligned], { permutation: inverse })
}

/** Elements that would have to be moved to bring the inputs into the order before `permutation`. */
const movedElements = (inputs: readonly Value[], permutation: readonly number[]): number =>
  inputs.reduce((sum, input) => {
    const found = transposed(input)
    const isFree = found !== undefined && equalLists(found.permutation, permutation)
    return sum + (isFree || input.shape.filter((dim) => dim !== 1).length <= 1 ? 0 : sizeOf(input.shape))
  }, 0)

/** Elements whose transposes end with this operator once it works in the order before `permutation`. */
const savedElements = (inputs: readonly Value[], permutation: readonly number[]): number =>
  inputs.reduce((sum, input) => {
    const found = transposed(input)
    return sum + (found !== undefined && equalLists(found.permutation, permutation) ? sizeOf(input.shape) : 0)
  }, 0)

const pays = (inputs: readonly Value[], permutation: readonly number[]): boolean =>
  movedElements(inputs, permutation) <= savedElements(inputs, permutation)

const retranspose = (value: Value, permutation: readonly number[], builder: GraphBuilder): Value =>
  isIdentity(permutation) ? value : builder.op('Transpose', [value], { permutation })

function sinkElementwise(value: OpValue, builder: GraphBuilder): Value | undefined {
  const permutation = leadingPermutation(value.inputs, value.shape.length)
  if (!elementwise.has(value.op) || permutation === undefined || !pays(value.inputs, permutation)) {
    return undefined
  }
  const inputs = value.inputs.map((input) => untransposed(input, permutation, builder))
  return retranspose(builder.op(value.op, inputs, value.attributes), permutation, builder)
}

function sinkConcat(value: OpValue<'Concat'>, builder: GraphBuilder): Value | undefined {
  const permutation = leadingPermutation(value.inputs, value.shape.length)
  if (permutation === undefined || !pays(value.inputs, permutation)) {
    return undefined
  }
  const inputs = value.inputs.map((input) => untransposed(input, permutation, builder))
  return retranspose(builder.op('Concat', inputs, { axis: permutation[value.attributes.axis]! }), permutation, builder)
}

const reductions = ['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd'] as const

/** A reduction over axes a of Transpose(x, p) is one over axes p[a] of x, and the axes that stay may need reordering. */
function sinkReduction(value: OpValue<(typeof reductions)[number]>, builder: GraphBuilder): Value | undefined {
  const found = transposed(value.inputs[0]!)
  if (found === undefined) {
    return undefined
  }
  const { axes, keepDims } = value.attributes
  const sourceAxes = axes.map((axis) => found.permutation[axis]!)
  const reduced = builder.op(value.op, [found.x], { axes: [...sourceAxes].sort((a, b) => a - b), keepDims })
  if (keepDims) {
    return retranspose(reduced, found.permutation, builder)
  }
  const kept = found.permutation.filter((axis) => !sourceAxes.includes(axis))
  const order = [...kept].sort((a, b) => a - b)
  return retranspose(
    reduced,
    kept.map((axis) => order.indexOf(axis)),
    builder
  )
}

function sinkSlice(value: OpValue<'Slice'>, builder: GraphBuilder): Value | undefined {
  const found = transposed(value.inputs[0]!)
  if (found === undefined) {
    return undefined
  }
  const axes = value.attributes.axes.map((axis) => found.permutation[axis]!)
  return retranspose(builder.op('Slice', [found.x], { ...value.attributes, axes }), found.permutation, builder)
}

function sinkPad(value: OpValue<'Pad'>, builder: GraphBuilder): Value | undefined {
  const found = transposed(value.inputs[0]!)
  if (found === undefined) {
    return undefined
  }
  const { pads } = value.attributes
  const inverse = invert(found.permutation)
  const rank = inverse.length
  const moved = [...inverse.map((axis) => pads[axis]!), ...inverse.map((axis) => pads[axis + rank]!)]
  return retranspose(builder.op('Pad', [found.x], { ...value.attributes, pads: moved }), found.permutation, builder)
}

const sink: RewriteRule = (value, builder) => {
  if (isOp(value, 'Transpose')) {
    return simplifyTranspose(value, builder)
  }
  const reduction = reductions.find((op) => isOp(value, op))
  if (reduction !== undefined && isOp(value, reduction)) {
    return sinkReduction(value, builder)
  }
  if (isOp(value, 'Concat')) {
    return sinkConcat(value, builder)
  }
  if (isOp(value, 'Slice')) {
    return sinkSlice(value, builder)
  }
  return isOp(value, 'Pad') ? sinkPad(value, builder) : sinkElementwise(value, builder)
}

/**
 * Moves transposes towards the outputs: op(Transpose(x)) becomes Transpose(op(x)) where op does not care for the order
 * of axes. Each convolution is lowered with transposes around it; sunk, the one behind a layer meets the one before
 * the next, and `simplify` cancels the two, so that whole networks stay in one order of axes.
 */
export const sinkTransposes: Pass = { name: 'sinkTransposes', run: (graph) => rewrite(graph, sink) }
