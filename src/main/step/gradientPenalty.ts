import * as tf from '@tensorflow/tfjs-core'
import type { LossConfiguration } from '../../shared/config/runConfiguration'

/** What a penalty is computed from. */
interface PenaltyInputs {
  /** The discriminator's logits for pictures, [batch, 1] for [batch, height, width, channels]. */
  readonly judge: (pictures: tf.Tensor) => tf.Tensor
  /** [batch, height, width, channels] in [−1, 1], as are `fake`. */
  readonly real: tf.Tensor
  readonly fake: tf.Tensor
  /** ε of WGAN-GP for each picture, U(0, 1), [batch, 1, 1, 1]. */
  readonly mix: tf.Tensor | undefined
}

/** The term that is added to the discriminator's loss. */
export type GradientPenalty = (inputs: PenaltyInputs) => tf.Scalar

/** ‖∇ₓ D(x)‖² of each picture, [batch]. Each logit depends on its own picture alone, so that the sum has all gradients. */
function squaredGradientNorms(judge: PenaltyInputs['judge'], pictures: tf.Tensor): tf.Tensor {
  const gradient = tf.grad((x) => tf.sum(judge(x)))(pictures)
  return tf.sum(tf.square(gradient), [1, 2, 3])
}

/** Keeps the root's own gradient finite where the norm is 0. */
const tiny = 1e-12

/** (weight / 2) · mean ‖∇ₓ D(x)‖² at real pictures (Mescheder et al. 2018, equation 9). */
const r1 =
  (weight: number): GradientPenalty =>
  ({ judge, real }) =>
    tf.mul(tf.mean<tf.Scalar>(squaredGradientNorms(judge, real)), weight / 2)

/** weight · mean (‖∇ D(x̂)‖ − 1)² at x̂ = ε·x + (1 − ε)·G(z) (Gulrajani et al. 2017, equation 3). */
const wganGp =
  (weight: number): GradientPenalty =>
  ({ judge, real, fake, mix }) => {
    if (mix === undefined) {
      throw new Error('gradientPenalty: expected ε for WGAN-GP, got none')
    }
    const between = tf.add(fake, tf.mul(mix, tf.sub(real, fake)))
    const norms = tf.sqrt(tf.add(squaredGradientNorms(judge, between), tiny))
    return tf.mul(tf.mean<tf.Scalar>(tf.square(tf.sub(norms, 1))), weight)
  }

const penalties = { none: () => null, r1, 'wgan-gp': wganGp } satisfies Record<
  LossConfiguration['gradientPenalty'],
  (weight: number) => GradientPenalty | null
>

/** The penalty that a loss asks for; null for none. It does not depend on what the output 1 means, being squared. */
export const createGradientPenalty = ({ gradientPenalty, penaltyWeight }: LossConfiguration): GradientPenalty | null =>
  penaltyWeight === 0 ? null : penalties[gradientPenalty](penaltyWeight)
