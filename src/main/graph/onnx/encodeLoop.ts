import type { ElementType, TensorType } from '../ir/ops'
import { type Graph, type InputValue, inputsOf, type Value } from '../ir/value'
import { nextName } from '../trace/traceProgram'
import { type EncodeOptions, encodeNodes, hidingInputs, identityNode, toValueInfo } from './encodeGraph'
import { attributeTypes, elementTypes, int } from './encodeOp'
import { encodeModel, type GraphProto, type NodeProto, type ValueInfoProto } from './schema'

/** An int64 scalar input of the model: how many times the graph runs in the call. */
export const callsInput = 'kwiat calls'

/** Names inside the loop; those of a model must differ from those that stand around it. */
const inside = (name: string): string => `run ${name}`

/** `[calls, …shape]` */
function stackedInfo(name: string, { dtype, shape }: TensorType): ValueInfoProto {
  const dim = [{ dimParam: 'calls' }, ...shape.map((dimValue) => ({ dimValue }))]
  return { name, type: { tensorType: { elemType: elementTypes[dtype], shape: { dim } } } }
}

const runNumber = 'kwiat run'
const condition = 'kwiat goes on'

const typed = (name: string, dtype: ElementType, shape: readonly number[]) => toValueInfo(name, { dtype, shape })

/** What of a graph changes from run to run, what goes from one run to the next, and what stays as it is. */
interface Parts {
  /** One for each run: the program's inputs. */
  readonly given: readonly InputValue[]
  /** Variables that the graph computes anew, with the value that they have after a run. */
  readonly carried: readonly { readonly input: string; readonly next: Value }[]
  /** Variables that it only reads. */
  readonly kept: readonly InputValue[]
  readonly results: readonly (readonly [string, Value])[]
}

function partsOf(graph: Graph, variables: ReadonlySet<string>, assigned: readonly string[]): Parts {
  const inputs = inputsOf(graph)
  const nextNames = new Set(assigned.map(nextName))
  return {
    given: inputs.filter(({ name }) => !variables.has(name)),
    carried: assigned.map((input) => ({ input, next: graph.outputs.get(nextName(input))! })),
    kept: inputs.filter(({ name }) => variables.has(name) && !assigned.includes(name)),
    results: [...graph.outputs].filter(([name]) => !nextNames.has(name))
  }
}

/** This run's part of a stacked input. */
const takeOne = ({ name }: InputValue): NodeProto => ({
  name: `take ${name}`,
  opType: 'Gather',
  input: [name, runNumber],
  output: [inside(name)],
  attribute: [int('axis', 0)]
})

/** One run as the body of ONNX' Loop: its number, a condition that stays true, and the carried variables. */
function encodeBody(
  graph: Graph,
  name: string,
  { given, carried, kept, results }: Parts,
  options: EncodeOptions
): GraphProto {
  const keptNames = new Set(kept.map((input) => input.name))
  const { nodes, initializers } = encodeNodes(graph, options, {
    // What no run changes is read from around the loop.
    input: (input) => (keptNames.has(input) ? input : inside(input)),
    output: inside
  })
  return {
    name,
    node: [...given.map(takeOne), identityNode(condition, inside(condition)), ...nodes],
    initializer: initializers,
    input: [
      typed(runNumber, 'int64', []),
      typed(condition, 'bool', []),
      ...carried.map(({ input, next }) => toValueInfo(inside(input), next))
    ],
    output: [
      typed(inside(condition), 'bool', []),
      ...carried.map(({ input, next }) => toValueInfo(inside(nextName(input)), next)),
      ...results.map(([output, value]) => toValueInfo(inside(output), value))
    ]
  }
}

export interface LoopOptions extends EncodeOptions {
  /** Names of the inputs that are state. */
  readonly variables: ReadonlySet<string>
  /** Variables that the graph computes anew. */
  readonly assigned: readonly string[]
}

/**
 * A model that runs the graph as often as its input `callsInput` says, each run going on with the variables that the one
 * before left (ONNX' Loop). Inputs that are no variables are stacked, `[calls, …shape]`, and so are the outputs that are
 * none.
 */
export function encodeLoop(graph: Graph, name: string, options: LoopOptions): Uint8Array {
  const parts = partsOf(graph, options.variables, options.assigned)
  const { given, carried, kept, results } = parts
  const loop: NodeProto = {
    name: 'runs',
    opType: 'Loop',
    input: [callsInput, '', ...carried.map(({ input }) => input)],
    output: [...carried.map(({ input }) => nextName(input)), ...results.map(([output]) => output)],
    attribute: [{ name: 'body', type: attributeTypes.graph, g: encodeBody(graph, name, parts, options) }]
  }
  return encodeModel({
    name,
    node: [loop],
    initializer: [],
    input: [
      typed(callsInput, 'int64', []),
      ...given.map((input) => stackedInfo(input.name, input)),
      ...carried.map(({ input, next }) => toValueInfo(input, next)),
      ...kept.map((input) => toValueInfo(input.name, input)),
      ...hidingInputs(options)
    ],
    output: [
      ...carried.map(({ input, next }) => toValueInfo(nextName(input), next)),
      ...results.map(([output, value]) => stackedInfo(output, value))
    ]
  })
}
