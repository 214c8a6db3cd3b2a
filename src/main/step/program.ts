import type * as tf from '@tensorflow/tfjs-core'
import type { TensorSpec } from '../../shared/tensor'

/**
 * A function of tensors over named state, written once in tfjs, that an engine traces and compiles or runs op by op.
 * It must be pure but for `assign` on its variables: no reading of values, no tf.random*, no tensors from outside.
 */
export interface Program<Input extends string = string, Output extends string = string> {
  /** For messages and logs, as "train" or "generate". */
  readonly name: string
  /** All that changes from call to call, random numbers included. */
  readonly inputs: Readonly<Record<Input, TensorSpec>>
  /** The state it reads and may assign, by stable name, as "generator/conv2d_1/kernel". */
  readonly variables: ReadonlyMap<string, tf.Variable>
  readonly outputs: readonly Output[]
  run(inputs: Readonly<Record<Input, tf.Tensor>>): Record<Output, tf.Tensor>
}
