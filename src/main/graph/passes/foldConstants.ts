import type { GraphBuilder } from '../ir/builder'
import type { OpName } from '../ir/ops'
import type { Pass } from '../ir/pass'
import { rewrite } from '../ir/rewrite'
import { type ConstantValue, isOp, type OpValue, type Value } from '../ir/value'

/** The operators of floats that are folded: what scalars of a training step go through. */
const functions: { readonly [Op in OpName]?: (...x: number[]) => number } = {
  Add: (a, b) => a! + b!,
  Sub: (a, b) => a! - b!,
  Mul: (a, b) => a! * b!,
  Div: (a, b) => a! / b!,
  Max: (a, b) => Math.max(a!, b!),
  Min: (a, b) => Math.min(a!, b!),
  Neg: (a) => -a!,
  Abs: (a) => Math.abs(a!),
  Sqrt: (a) => Math.sqrt(a!),
  Exp: (a) => Math.exp(a!),
  Log: (a) => Math.log(a!),
  Reciprocal: (a) => 1 / a!
}

const isScalar = (value: Value): value is ConstantValue =>
  value.kind === 'constant' && value.dtype === 'float32' && value.data.length === 1

function foldScalars(value: OpValue, builder: GraphBuilder): Value | undefined {
  const compute = functions[value.op]
  const scalars = value.inputs.filter(isScalar)
  if (compute === undefined || value.dtype !== 'float32' || scalars.length !== value.inputs.length) {
    return undefined
  }
  const element = compute(...scalars.map(({ data }) => data[0]!))
  return builder.constant('float32', value.shape, Float32Array.of(element))
}

/** A constant in another shape is a constant. */
function foldReshape(value: OpValue, builder: GraphBuilder): Value | undefined {
  const x = value.inputs[0]
  return isOp(value, 'Reshape') && x?.kind === 'constant' ? builder.constant(x.dtype, value.shape, x.data) : undefined
}

/**
 * Computes what depends on constant scalars alone, in double precision rounded once. Larger constants are left to the
 * runtime, which folds them when it loads the graph.
 */
export const foldConstants: Pass = {
  name: 'foldConstants',
  run: (graph) => rewrite(graph, (value, builder) => foldScalars(value, builder) ?? foldReshape(value, builder))
}
