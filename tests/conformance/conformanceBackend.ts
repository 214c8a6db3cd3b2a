import type * as tf from '@tensorflow/tfjs-core'
import * as ort from 'onnxruntime-node'
import { optimize } from '../../src/main/graph/compile'
import type { ConstantValue, Value } from '../../src/main/graph/ir/value'
import { encodeGraph, oneInput } from '../../src/main/graph/onnx/encodeGraph'
import { lowerings } from '../../src/main/graph/registerLowerings'
import { createTraceBackend } from '../../src/main/graph/trace/defineLowering'
import { type Target, Trace } from '../../src/main/graph/trace/trace'
import { TraceBackend } from '../../src/main/graph/trace/traceBackend'
import { recordOf } from '../../src/shared/records'

export interface Mode {
  readonly target: Target
  /** What tensors that a spec makes of numbers are in the graph: its inputs, or constants that passes may fold. */
  readonly written: 'inputs' | 'constants'
  readonly optimization: 'all' | 'disabled'
}

/** What one spec did with the compiler. */
export interface Activity {
  /** Graphs that were compiled and run. */
  readonly graphs: number
  /** What the compiler refused, whether or not the spec noticed: "Einsum", "string tensors". */
  readonly refused: readonly string[]
}

const lowered = new Set(lowerings.map(({ kernel }) => kernel))

/** Notes the kernels that have no lowering when they are called. */
class ObservedTrace extends Trace {
  readonly refused = new Set<string>()

  override enterKernel(kernel: string, inputs: readonly Value[]): void {
    if (!lowered.has(kernel)) {
      this.refused.add(kernel)
    }
    super.enterKernel(kernel, inputs)
  }
}

/**
 * The tracing backend, always recording, whose tensors can be read: a read compiles the graph behind the tensor as the
 * engine does and runs it on onnxruntime. Unlike in a step, data ids are counted, because what a variable took over
 * must stay readable when the tensor it came from is disposed.
 */
export class ConformanceBackend extends TraceBackend {
  readonly #mode: Mode
  readonly #written = new Map<string, ConstantValue>()
  readonly #references = new Map<object, number>()
  #graphs = 0
  #trace: ObservedTrace

  constructor(mode: Mode) {
    super()
    this.#mode = mode
    this.#trace = this.#newTrace()
  }

  /** What happened since the last call. */
  takeActivity(): Activity {
    const activity = { graphs: this.#graphs, refused: [...this.#trace.refused] }
    this.#graphs = 0
    this.#trace.refused.clear()
    return activity
  }

  override get trace(): Trace {
    return this.#trace
  }

  override readSync(): never {
    this.#trace.refused.add('synchronous reads')
    super.readSync()
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    const value = this.valueFor({ dataId, shape: [], dtype: 'float32' })
    if (value.kind === 'op') {
      this.#graphs++
      return this.#run(value)
    }
    return (value.kind === 'input' ? this.#written.get(value.name)! : value).data.slice()
  }

  protected override enter(values: tf.BackendValues, shape: number[], dtype: tf.DataType): Value {
    if (dtype === 'string' || dtype === 'complex64') {
      this.#trace.refused.add(`${dtype} tensors`)
    }
    const constant = super.enter(values, shape, dtype)
    if (this.#mode.written === 'constants' || constant.kind !== 'constant') {
      return constant
    }
    const name = `written${this.#written.size}`
    this.#written.set(name, constant)
    return this.trace.builder.input(name, constant.dtype, shape)
  }

  override dataIdOf(value: Value): object {
    const dataId = super.dataIdOf(value)
    this.#references.set(dataId, 1)
    return dataId
  }

  override move(dataId: object, values: tf.BackendValues, shape: number[], dtype: tf.DataType): void {
    super.move(dataId, values, shape, dtype)
    this.#references.set(dataId, 1)
  }

  override incRef(dataId: object): void {
    this.#references.set(dataId, this.refCount(dataId) + 1)
  }

  override refCount(dataId: object): number {
    return this.#references.get(dataId) ?? 0
  }

  override disposeData(dataId: object, force = false): boolean {
    const left = this.refCount(dataId) - 1
    if (left > 0 && !force) {
      this.#references.set(dataId, left)
      return false
    }
    return this.#references.delete(dataId) || true
  }

  /** tfjs' specs reset the engine between suites; nothing made before is used after. */
  override dispose(): void {
    this.#written.clear()
    this.#references.clear()
    this.#trace = this.#newTrace()
  }

  #newTrace(): ObservedTrace {
    return new ObservedTrace('conformance', { target: this.#mode.target, currentLayer: () => undefined })
  }

  async #run(value: Value): Promise<tf.BackendValues> {
    const graph = optimize({ outputs: new Map([['result', value]]) })
    const model = encodeGraph(graph, 'conformance', { hidesShapes: this.#mode.target === 'cpu' })
    const session = await ort.InferenceSession.create(model, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: this.#mode.optimization,
      enableMemPattern: false,
      intraOpNumThreads: 1,
      logSeverityLevel: 4
    })
    try {
      const { result } = await session.run(recordOf(session.inputNames, (name) => this.#fed(name)))
      return toData(result!)
    } finally {
      await session.release()
    }
  }

  #fed(name: string): ort.Tensor {
    return name === oneInput ? new ort.Tensor('int64', [1n], [1]) : toOrt(this.#written.get(name)!)
  }
}

function toOrt({ dtype, shape, data }: ConstantValue): ort.Tensor {
  if (dtype === 'int64') {
    throw new Error('conformance: expected a type that tfjs has, got int64')
  }
  return new ort.Tensor(dtype, data, shape)
}

function toData({ data, type }: ort.Tensor): tf.BackendValues {
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) {
    return data.slice()
  }
  throw new Error(`conformance: expected float32, int32 or bool, got ${type}`)
}

/** The backend with all of the compiler's lowerings, registered in tfjs. */
export function createConformanceBackend(mode: Mode): ConformanceBackend {
  const backend = new ConformanceBackend(mode)
  createTraceBackend(lowerings, backend)
  return backend
}
