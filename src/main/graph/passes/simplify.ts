import type { GraphBuilder } from '../ir/builder'
import type { Pass } from '../ir/pass'
import { compose, equalLists, isIdentity } from '../ir/permutation'
import { type RewriteRule, rewrite } from '../ir/rewrite'
import { isOp, type OpValue, type Value } from '../ir/value'

const sameType = (a: Value, b: Value): boolean => a.dtype === b.dtype && equalLists(a.shape, b.shape)

/** Whether every element of `from` is kept exactly as one of `to`. */
const widens = (from: string, to: string): boolean =>
  (from === 'bool' && to !== 'bool') || (from === 'uint8' && (to === 'int32' || to === 'float32'))

function simplifyCast(value: OpValue<'Cast'>, builder: GraphBuilder): Value | undefined {
  const x = value.inputs[0]!
  if (x.dtype === value.dtype) {
    return x
  }
  const isPassage = isOp(x, 'Cast') && widens(x.inputs[0]!.dtype, x.dtype)
  return isPassage ? builder.op('Cast', [x.inputs[0]!], { to: value.attributes.to }) : undefined
}

function simplifyReshape(value: OpValue<'Reshape'>, builder: GraphBuilder): Value | undefined {
  const x = value.inputs[0]!
  const source = isOp(x, 'Reshape') ? x.inputs[0]! : x
  if (sameType(source, value)) {
    return source
  }
  return source === x ? undefined : builder.op('Reshape', [source], { shape: value.shape })
}

/** A transpose that moves nothing but axes of length 1 leaves all elements where they are. */
const keepsOrder = (permutation: readonly number[], shape: readonly number[]): boolean => {
  const moved = permutation.filter((axis) => shape[axis] !== 1)
  return moved.every((axis, i) => i === 0 || axis > moved[i - 1]!)
}

/** Transpose of a transpose as one, none at all, or a reshape; undefined where it is simple already. */
export function simplifyTranspose(value: OpValue<'Transpose'>, builder: GraphBuilder): Value | undefined {
  const x = value.inputs[0]!
  const [source, permutation] = isOp(x, 'Transpose')
    ? [x.inputs[0]!, compose(x.attributes.permutation, value.attributes.permutation)]
    : [x, value.attributes.permutation]
  if (isIdentity(permutation)) {
    return source
  }
  if (keepsOrder(permutation, source.shape)) {
    return builder.op('Reshape', [source], { shape: value.shape })
  }
  return source === x ? undefined : builder.op('Transpose', [source], { permutation })
}

/** The number that every element of `value` is, where that is known. */
function uniformElement(value: Value): number | undefined {
  if (value.kind === 'constant') {
    const first = value.data[0]
    return value.data.every((element) => element === first) ? first : undefined
  }
  const passesOn = ['Expand', 'Reshape', 'Tile', 'Transpose'] as const
  const source = passesOn.some((op) => isOp(value, op)) && value.kind === 'op' ? value.inputs[0] : undefined
  return source === undefined ? undefined : uniformElement(source)
}

/** x + 0, x − 0, x · 1, x / 1, and a spread constant as the scalar it is. */
function simplifyArithmetic(value: OpValue, neutral: number, builder: GraphBuilder): Value | undefined {
  const commutes = value.op === 'Add' || value.op === 'Mul'
  const [a, b] = [value.inputs[0]!, value.inputs[1]!]
  if (uniformElement(b) === neutral && sameType(a, value)) {
    return a
  }
  if (commutes && uniformElement(a) === neutral && sameType(b, value)) {
    return b
  }
  const [left, right] = [spreadAsScalar(a, b, value, builder), spreadAsScalar(b, a, value, builder)]
  return left === a && right === b ? undefined : builder.op(value.op, [left, right], {})
}

/** A scalar in place of `x`, where all its elements are one float and `other` has the result's shape without it. */
function spreadAsScalar(x: Value, other: Value, result: Value, builder: GraphBuilder): Value {
  const element = x.kind === 'op' && x.dtype === 'float32' ? uniformElement(x) : undefined
  return element !== undefined && equalLists(other.shape, result.shape) ? builder.scalar(element) : x
}

const neutralElements: { readonly [op: string]: number } = { Add: 0, Sub: 0, Mul: 1, Div: 1 }

const simplifyOp: RewriteRule = (value, builder) => {
  if (isOp(value, 'Cast')) {
    return simplifyCast(value, builder)
  }
  if (isOp(value, 'Reshape')) {
    return simplifyReshape(value, builder)
  }
  if (isOp(value, 'Transpose')) {
    return simplifyTranspose(value, builder)
  }
  if (isOp(value, 'Identity') || (isOp(value, 'Expand') && sameType(value.inputs[0]!, value))) {
    return value.inputs[0]
  }
  const neutral = neutralElements[value.op]
  return neutral === undefined ? undefined : simplifyArithmetic(value, neutral, builder)
}

/** Removes what computes nothing: operators that undo each other, neutral elements, casts and shapes passed through. */
export const simplify: Pass = { name: 'simplify', run: (graph) => rewrite(graph, simplifyOp) }
