import * as tf from '@tensorflow/tfjs-core'

export interface NormalizedBatch {
  /** Of the input's shape. */
  readonly output: tf.Tensor
  /** Mean over all axes but the last, [channels]. */
  readonly mean: tf.Tensor
  /** Biased variance over all axes but the last, [channels]. */
  readonly variance: tf.Tensor
}

/** Mean over all axes but the last, [channels]. */
const channelMean = (x: tf.Tensor): tf.Tensor =>
  tf.mean(
    x,
    x.shape.slice(0, -1).map((_, axis) => axis)
  )

/** A gradient of this gradient would be wrong without any error, since it is written by hand. */
function checkFirstOrder(): void {
  if (tf.engine().state.gradientDepth > 0) {
    throw new Error('batch normalisation: expected a gradient of first order, got a gradient of a gradient')
  }
}

/**
 * y = γ·(x − μ)·r + β with r = 1 / √(σ² + ε); μ and σ² are the batch's (Ioffe & Szegedy 2015, algorithm 1).
 *
 * With c = x − μ and means over the batch: dβ = Σ dy, dγ = r·Σ dy·c, dx = γ·r·(dy − mean(dy) − c·r²·mean(dy·c)).
 * tfjs derives the same gradient through its moments in more than twice the time.
 *
 * @param x [batch, …, channels]
 * @param gamma γ, [channels]
 * @param beta β, [channels]
 */
export function normalizeBatch(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): NormalizedBatch {
  let statistics: Omit<NormalizedBatch, 'output'> | undefined
  const normalize = tf.customGrad((...args) => {
    const save = args.at(-1)
    const mean = channelMean(x)
    const centred = tf.sub(x, mean)
    const variance = channelMean(tf.square(centred))
    const reciprocal = tf.rsqrt(tf.add(variance, epsilon))
    if (typeof save === 'function') {
      save([centred, reciprocal, gamma])
    }
    // What is not saved is freed when this function ends, unless it is kept.
    statistics = { mean: tf.keep(mean), variance: tf.keep(variance) }
    return {
      value: tf.add(tf.mul(centred, tf.mul(reciprocal, gamma)), beta),
      gradFunc: (dy, saved) => gradients(dy, saved[0]!, saved[1]!, saved[2]!)
    }
  })
  const output = normalize(x, gamma, beta)
  const { mean, variance } = statistics!
  const result = { output, mean: tf.clone(mean), variance: tf.clone(variance) }
  tf.dispose([mean, variance])
  return result
}

/** Gradients of x, γ and β. */
function gradients(dy: tf.Tensor, centred: tf.Tensor, reciprocal: tf.Tensor, gamma: tf.Tensor): tf.Tensor[] {
  checkFirstOrder()
  const positions = centred.size / reciprocal.size
  const meanDy = channelMean(dy)
  const meanProduct = tf.mul(channelMean(tf.mul(dy, centred)), reciprocal)
  const deviation = tf.sub(tf.sub(dy, meanDy), tf.mul(centred, tf.mul(meanProduct, reciprocal)))
  return [tf.mul(deviation, tf.mul(gamma, reciprocal)), tf.mul(meanProduct, positions), tf.mul(meanDy, positions)]
}
