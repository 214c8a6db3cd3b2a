import type { TensorData } from '../../../shared/tensor'
import type { OpAttributes, OpName, TensorType } from './ops'

/** Where a value comes from in the user's terms, for errors, logs and profiles. */
export interface Origin {
  /** The tfjs kernel whose lowering made it. */
  readonly kernel: string
  /** The layer that was applied, or whose gradient was taken; empty outside layers. */
  readonly layer: string
}

interface Numbered extends TensorType {
  /** Grows in the order of making, so inputs have smaller numbers than what is made of them. */
  readonly id: number
}

export interface InputValue extends Numbered {
  readonly kind: 'input'
  readonly name: string
}

export interface ConstantValue extends Numbered {
  readonly kind: 'constant'
  /** Row-major; int64 as Int32Array, widened when encoded. */
  readonly data: TensorData
}

export interface OpValue<Op extends OpName = OpName> extends Numbered {
  readonly kind: 'op'
  readonly op: Op
  readonly inputs: readonly Value[]
  readonly attributes: OpAttributes[Op]
  readonly origin: Origin
}

/** A value of the graph: what enters it, what is known beforehand, or what an operator computes. */
export type Value = InputValue | ConstantValue | OpValue

/** A graph is its outputs: whatever they do not reach is not part of it. */
export interface Graph {
  readonly outputs: ReadonlyMap<string, Value>
}

/** Whether `value` is computed by `op`; narrows its attributes. */
export const isOp = <Op extends OpName>(value: Value, op: Op): value is OpValue<Op> =>
  value.kind === 'op' && value.op === op

/** All values that the outputs need, each once, inputs of an operator before it. */
export function valuesOf(graph: Graph): Value[] {
  const seen = new Set<Value>()
  const pending = [...graph.outputs.values()]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (!seen.has(value)) {
      seen.add(value)
      pending.push(...(value.kind === 'op' ? value.inputs : []))
    }
  }
  return [...seen].sort((a, b) => a.id - b.id)
}

export const opsOf = (graph: Graph): OpValue[] => valuesOf(graph).filter((value) => value.kind === 'op')

export const inputsOf = (graph: Graph): InputValue[] => valuesOf(graph).filter((value) => value.kind === 'input')
