import { GraphBuilder } from './builder'
import type { OpName } from './ops'
import { type Graph, type OpValue, type Value, valuesOf } from './value'

/**
 * One local rule of a pass. It gets an operator whose inputs are rewritten already and gives what stands in its place,
 * or undefined to keep it.
 */
export type RewriteRule = (value: OpValue, builder: GraphBuilder) => Value | undefined

/**
 * The graph rebuilt bottom-up, each operator replaced by what `rule` gives for it. What the outputs no longer reach is
 * gone afterwards; what became equal is one value.
 */
export function rewrite(graph: Graph, rule: RewriteRule): Graph {
  const builder = new GraphBuilder()
  const rewritten = new Map<Value, Value>()
  const get = (value: Value): Value => rewritten.get(value) ?? value
  for (const value of valuesOf(graph)) {
    rewritten.set(value, rebuild(value, get, builder, rule))
  }
  return { outputs: new Map(Array.from(graph.outputs, ([name, value]) => [name, get(value)])) }
}

function rebuild(value: Value, get: (value: Value) => Value, builder: GraphBuilder, rule: RewriteRule): Value {
  if (value.kind === 'input') {
    return builder.input(value.name, value.dtype, value.shape)
  }
  if (value.kind === 'constant') {
    return builder.constant(value.dtype, value.shape, value.data)
  }
  builder.origin = value.origin
  const copy = copyOp(value, value.inputs.map(get), builder)
  return (copy.kind === 'op' ? rule(copy, builder) : undefined) ?? copy
}

const copyOp = <Op extends OpName>(value: OpValue<Op>, inputs: readonly Value[], builder: GraphBuilder): Value =>
  builder.op(value.op, inputs, value.attributes)
