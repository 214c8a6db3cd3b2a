import type { Program } from '../step/program'
import { checkGraph } from './ir/check'
import type { Pass } from './ir/pass'
import { type Graph, opsOf } from './ir/value'
import { encodeGraph } from './onnx/encodeGraph'
import { encodeLoop } from './onnx/encodeLoop'
import { passes } from './passes/passes'
import { lowerings } from './registerLowerings'
import { createTraceBackend } from './trace/defineLowering'
import type { TraceOptions } from './trace/trace'
import type { TraceBackend } from './trace/traceBackend'
import { type TracedProgram, traceProgram } from './trace/traceProgram'

/** A program as one ONNX graph, ready for a runtime. */
export interface CompiledProgram {
  /** The ONNX model's bytes. Inputs bear the names of the program's inputs and variables. */
  readonly model: Uint8Array
  readonly graph: Graph
  /** Variables that the graph computes anew, as outputs named by `nextName`. */
  readonly assigned: readonly string[]
  readonly flops: number
  readonly nodes: number
}

let backend: TraceBackend | undefined

/** tfjs keeps one registry for the whole process, so there is one backend too. */
function traceBackend(): TraceBackend {
  backend ??= createTraceBackend(lowerings)
  return backend
}

/** The graph after all passes, checked after each. */
export function optimize(graph: Graph, all: readonly Pass[] = passes): Graph {
  return all.reduce((current, { name, run }) => {
    const next = run(current)
    checkGraph(next, name)
    return next
  }, graph)
}

/** Traces `program` and checks the graph, without passes: what tests and the printer look at. */
export function trace(program: Program, options: TraceOptions): TracedProgram {
  const traced = traceProgram(traceBackend(), program, options)
  checkGraph(traced.graph, 'tracing')
  return traced
}

export interface CompileOptions extends TraceOptions {
  /** Makes a model that runs the program several times in one call; see `encodeLoop`. */
  readonly loops?: boolean
}

/**
 * Compiles `program`: trace, passes, ONNX.
 *
 * @throws KwiatError `kernel-missing` or `step-reads-values` where the program cannot be compiled
 */
export function compile(program: Program, { loops = false, ...options }: CompileOptions): CompiledProgram {
  const { graph: traced, assigned, flops } = trace(program, options)
  const graph = optimize(traced)
  const hidesShapes = options.target === 'cpu'
  const variables = new Set(program.variables.keys())
  return {
    model: loops
      ? encodeLoop(graph, program.name, { hidesShapes, variables, assigned })
      : encodeGraph(graph, program.name, { hidesShapes }),
    graph,
    assigned,
    flops,
    nodes: opsOf(graph).length
  }
}
