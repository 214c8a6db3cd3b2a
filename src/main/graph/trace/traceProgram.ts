import * as tf from '@tensorflow/tfjs-core'
import { keysOf, recordOf } from '../../../shared/records'
import type { TensorSpec } from '../../../shared/tensor'
import type { Program } from '../../step/program'
import type { Graph, Value } from '../ir/value'
import { valuesOf } from '../ir/value'
import { Trace, type TraceOptions } from './trace'
import type { TraceBackend } from './traceBackend'

/** Variables and inputs share the graph's namespace; programs' own names contain no space. */
export const nextName = (variable: string): string => `next ${variable}`

/** A program as a graph over its inputs and variables. */
export interface TracedProgram {
  /** Outputs are the program's, and `next <name>` for each variable that it assigns. */
  readonly graph: Graph
  /** Names of the variables that it assigns. */
  readonly assigned: readonly string[]
  /** Floating-point operations of its convolutions and matrix products, two a multiply-add, padding included. */
  readonly flops: number
}

/**
 * Runs `program` once under the tracing backend. Its variables are inputs of the graph under their own names; whatever
 * it assigned to them is an output.
 *
 * @throws KwiatError `kernel-missing` or `step-reads-values` where the program cannot be compiled
 */
export function traceProgram(backend: TraceBackend, program: Program, options: TraceOptions): TracedProgram {
  const trace = new Trace(program.name, options)
  return backend.record(trace, () => {
    const placeholders = enterVariables(backend, trace, program)
    try {
      const outputs = runOnce(backend, trace, program)
      const next = new Map(
        Array.from(program.variables, ([name, variable]) => [name, backend.valueFor(variable)] as const).filter(
          ([name, value]) => value !== placeholders.get(name)?.value
        )
      )
      const graph = {
        outputs: new Map([...outputs, ...Array.from(next, ([name, value]) => [nextName(name), value] as const)])
      }
      return { graph, assigned: [...next.keys()], flops: trace.flopsOf(valuesOf(graph)) }
    } finally {
      program.variables.forEach((variable, name) => {
        restoreData(variable, placeholders.get(name)!.dataId)
      })
    }
  })
}

/** Makes each variable stand for an input of the graph; gives those inputs and the data the variables had before. */
function enterVariables(backend: TraceBackend, trace: Trace, program: Program) {
  return new Map(
    Array.from(program.variables, ([name, variable]) => {
      const value = trace.builder.input(name, toElementType(variable.dtype), variable.shape)
      const { dataId } = variable
      swapData(variable, backend.dataIdOf(value))
      return [name, { value, dataId }] as const
    })
  )
}

/** Lets the variable stand for another value; unlike `assign` it leaves the old data alive. */
function swapData(variable: tf.Variable, dataId: object): void {
  variable.dataId = dataId
  tf.engine().incRef(variable, tf.engine().backend)
}

function restoreData(variable: tf.Variable, dataId: object): void {
  tf.engine().disposeTensor(variable)
  variable.dataId = dataId
}

function runOnce(backend: TraceBackend, trace: Trace, program: Program): Map<string, Value> {
  const results = new Map<string, Value>()
  tf.tidy(() => {
    const inputs = recordOf(keysOf(program.inputs), (name) => inputTensor(backend, trace, name, program.inputs[name]!))
    const outputs = program.run(inputs)
    for (const name of program.outputs) {
      results.set(name, backend.valueFor(outputs[name]!))
    }
  })
  return results
}

function toElementType(dtype: string): 'float32' | 'int32' | 'bool' {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') {
    return dtype
  }
  throw new Error(`trace: expected a variable of float32, int32 or bool, got ${dtype}`)
}

/** tfjs has no uint8: such an input is read as int32 by the program. */
function inputTensor(backend: TraceBackend, trace: Trace, name: string, { dtype, shape }: TensorSpec): tf.Tensor {
  const input = trace.builder.input(name, dtype, shape)
  const value = dtype === 'uint8' ? trace.builder.op('Cast', [input], { to: 'int32' }) : input
  const seen = dtype === 'uint8' ? 'int32' : dtype
  return tf.engine().makeTensorFromDataId(backend.dataIdOf(value), [...shape], seen, tf.engine().backend)
}
