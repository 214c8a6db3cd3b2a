import { GraphError, inferRules, type OpName, type TensorType } from './ops'
import { type Graph, type OpValue, type Value, valuesOf } from './value'

const infer = <Op extends OpName>(value: OpValue<Op>): TensorType =>
  inferRules[value.op](value.inputs, value.attributes)

const sameType = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((dim, i) => dim === b.shape[i])

const isWholeShape = (shape: readonly number[]): boolean => shape.every((dim) => Number.isInteger(dim) && dim >= 0)

function checkOp(value: OpValue, known: ReadonlySet<Value>): void {
  const dangling = value.inputs.find((input) => !known.has(input))
  if (dangling !== undefined) {
    throw new GraphError(`${value.op} %${value.id}: expected inputs made before it, got %${dangling.id}`)
  }
  if (!sameType(infer(value), value)) {
    throw new GraphError(`${value.op} %${value.id}: expected its type to follow from its inputs, got another`)
  }
}

/**
 * Checks that every value's type follows from its inputs' types, that all shapes are whole, that nothing is read before
 * it is made, and that no two inputs share a name. Run after tracing and after each pass.
 *
 * @throws GraphError naming the operator, and `stage`, the step after which the graph was found broken
 */
export function checkGraph(graph: Graph, stage: string): void {
  const known = new Set<Value>()
  const names = new Set<string>()
  for (const value of valuesOf(graph)) {
    try {
      if (!isWholeShape(value.shape)) {
        throw new GraphError(`%${value.id}: expected whole sides, got [${value.shape.join(',')}]`)
      }
      if (value.kind === 'op') {
        checkOp(value, known)
      } else if (value.kind === 'input' && names.size === names.add(value.name).size) {
        throw new GraphError(`expected one input named ${value.name}, got two`)
      }
    } catch (error) {
      throw error instanceof GraphError ? new GraphError(`after ${stage}: ${error.message}`) : error
    }
    known.add(value)
  }
}
