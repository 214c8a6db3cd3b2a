import * as tf from '@tensorflow/tfjs-core'
import { KwiatError } from '../../../shared/errors'
import type { TensorData } from '../../../shared/tensor'
import type { Value } from '../ir/value'
import type { Trace } from './trace'

export const backendName = 'kwiat-trace'

/**
 * A tfjs backend that computes nothing: each kernel records what it would compute in the graph of the active trace.
 * Data ids stand for values of that graph; what lives in another backend enters it as a constant, without being moved.
 */
export class TraceBackend extends tf.KernelBackend {
  readonly #values = new WeakMap<object, Value>()
  #trace: Trace | undefined

  /** Runs `work` with this backend active and `trace` recording; the backend that was active before is active after. */
  record<Result>(trace: Trace, work: () => Result): Result {
    // None where nothing was computed before.
    const previous: string | undefined = tf.getBackend()
    tf.setBackend(backendName)
    this.#trace = trace
    try {
      return work()
    } finally {
      this.#trace = undefined
      if (previous !== undefined) {
        tf.setBackend(previous)
      }
    }
  }

  get trace(): Trace {
    if (this.#trace === undefined) {
      throw new Error(`${backendName}: expected a trace in progress, got a kernel call outside of one`)
    }
    return this.#trace
  }

  /** A new data id that stands for `value`. */
  dataIdOf(value: Value): object {
    const dataId = {}
    this.#values.set(dataId, value)
    return dataId
  }

  /** What a data id stands for; data of another backend is read there and becomes a constant. */
  valueFor(info: tf.TensorInfo): Value {
    const known = this.#values.get(info.dataId)
    if (known !== undefined) {
      return known
    }
    const owner = tf.engine().state.tensorInfo.get(info.dataId)?.backend
    if (owner === undefined || owner === this) {
      throw new Error(`${backendName}: expected a tensor with data, got one that is disposed or of another trace`)
    }
    const value = this.enter(owner.readSync(info.dataId), info.shape, info.dtype)
    this.#values.set(info.dataId, value)
    return value
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.dataIdOf(this.enter(values, shape, dtype))
  }

  override move(dataId: object, values: tf.BackendValues, shape: number[], dtype: tf.DataType): void {
    this.#values.set(dataId, this.enter(values, shape, dtype))
  }

  override read(_dataId: object): Promise<tf.BackendValues> {
    throw this.#valueWasRead()
  }

  override readSync(): never {
    throw this.#valueWasRead()
  }

  // Values live as long as their graph; tfjs' counting of references has nothing to do here.
  override disposeData(_dataId: object, _force?: boolean): boolean {
    return true
  }

  override incRef(_dataId: object): void {}

  override refCount(_dataId: object): number {
    return 1
  }

  override numDataIds(): number {
    return 0
  }

  override memory() {
    return { unreliable: true }
  }

  override timerAvailable(): boolean {
    return false
  }

  override floatPrecision(): 16 | 32 {
    return 32
  }

  override epsilon(): number {
    return 1e-7
  }

  override dispose(): void {}

  /** The value that data from the host become in the graph. */
  protected enter(values: tf.BackendValues, shape: number[], dtype: tf.DataType): Value {
    const { builder } = this.trace
    if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') {
      return builder.constant(dtype, shape, toTensorData(values, dtype))
    }
    throw new KwiatError('graph-invalid', {
      who: this.trace.programName,
      expected: 'float32, int32 or bool tensors',
      actual: `one of type ${dtype}`,
      todo: 'keep other tensors out of the step'
    })
  }

  #valueWasRead(): KwiatError {
    return new KwiatError('step-reads-values', {
      who: this.trace.programName,
      expected: 'a function of tensors alone',
      actual: 'one that reads a tensor’s values while it is traced',
      todo: 'express the choice with tensors (tf.where) or pass the value as an input'
    })
  }
}

function toTensorData(values: tf.BackendValues, dtype: 'float32' | 'int32' | 'bool'): TensorData {
  const elements = Array.from(values, Number)
  if (dtype === 'float32') {
    return values instanceof Float32Array ? values.slice() : Float32Array.from(elements)
  }
  return dtype === 'int32' ? Int32Array.from(elements) : Uint8Array.from(elements)
}
