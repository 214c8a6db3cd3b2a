import * as tf from '@tensorflow/tfjs-core'

type Inputs = Readonly<Record<string, tf.Tensor>>

/** A part of a batch, computed by itself. */
export interface InputPart {
  readonly inputs: Inputs
  /** Of the batch's pictures. */
  readonly share: number
}

/** Rows `first` to `first + count` of a tensor of that many pictures, or of each half of one of generated and real ones. */
function rowsOf(tensor: tf.Tensor, batch: number, first: number, count: number): tf.Tensor {
  const [rows] = tensor.shape
  const take = (from: number) =>
    tf.slice(tensor, [from, ...tensor.shape.slice(1).map(() => 0)], [count, ...tensor.shape.slice(1)])
  if (rows === batch) {
    return take(first)
  }
  return rows === 2 * batch ? tf.concat([take(first), take(batch + first)]) : tensor
}

/**
 * The inputs of a step in `count` parts along the batch, as equal as they can be. The mean over the batch of anything
 * that depends on each picture alone is Σ share · (its mean over the part).
 */
export function splitInputs(inputs: Inputs, batch: number, count: number): InputPart[] {
  const parts = Math.min(count, batch)
  if (parts === 1) {
    return [{ inputs, share: 1 }]
  }
  const bounds = Array.from({ length: parts + 1 }, (_, part) => Math.round((part * batch) / parts))
  return bounds.slice(1).map((end, part) => {
    const first = bounds[part]!
    const rows = Object.entries(inputs).map(
      ([name, tensor]) => [name, rowsOf(tensor, batch, first, end - first)] as const
    )
    return { inputs: Object.fromEntries(rows), share: (end - first) / batch }
  })
}
