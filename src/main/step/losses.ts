import * as tf from '@tensorflow/tfjs-core'
import type { LossConfiguration } from '../../shared/config/runConfiguration'

/**
 * Mean binary cross-entropy −y·ln σ(l) − (1 − y)·ln(1 − σ(l)), written ln(1 + eˡ) − l·y, which no l overflows.
 *
 * @param logits l of any shape
 * @param labels y of the same shape, or a number for all
 */
export const binaryCrossEntropy = (logits: tf.Tensor, labels: tf.Tensor | number): tf.Scalar =>
  tf.mean<tf.Scalar>(tf.sub(tf.softplus(logits), tf.mul(logits, labels)))

/** Logits of the discriminator for generated and for real pictures, [batch, 1] each. */
export interface Judgement {
  readonly fake: tf.Tensor
  readonly real: tf.Tensor
}

/** U(0, 1) for each label, [batch, 1] each. */
export interface LabelNoise {
  readonly fake: tf.Tensor
  readonly real: tf.Tensor
}

/** The two players' losses over the discriminator's logits. */
export interface AdversarialLoss {
  /** Loss of the discriminator: the mean over all its pictures, real and generated. */
  readonly discriminator: (judgement: Judgement, noise: LabelNoise | undefined) => tf.Scalar
  /** Loss of the generator for the logits of its pictures. */
  readonly generator: (fake: tf.Tensor) => tf.Scalar
  /** Mean probability that the discriminator gives to "real". */
  readonly score: (logits: tf.Tensor) => tf.Scalar
}

/**
 * Everything is computed from g, the logit of "generated", which is the discriminator's own output where it says
 * "generated" and its negative where it says "real". Since BCE(−l, 1 − y) = BCE(l, y), both conventions train alike.
 *
 * - Labels are those of Chollet's book, as probabilities of "generated": 1 for generated pictures and 1 − realTarget
 *   for real ones, each plus labelNoise · U(0, 1). Where the discriminator says "real", its labels are the mirror
 *   images: −noise and realTarget − noise.
 * - The generator minimises −ln P(real) = softplus(g), or with minimax ln(1 − P(real)) = −softplus(−g)
 *   (Goodfellow et al. 2014, section 3).
 */
export function createLoss({ kind, discriminatorSays, realTarget, labelNoise }: LossConfiguration): AdversarialLoss {
  const toGenerated = (logits: tf.Tensor) => (discriminatorSays === 'generated' ? logits : tf.neg(logits))
  const label = (value: number, noise: tf.Tensor | undefined) =>
    noise === undefined ? value : tf.add(value, tf.mul(noise, labelNoise))
  return {
    discriminator: ({ fake, real }, noise) => {
      const fakeLoss = binaryCrossEntropy(toGenerated(fake), label(1, noise?.fake))
      const realLoss = binaryCrossEntropy(toGenerated(real), label(1 - realTarget, noise?.real))
      return tf.div(tf.add(fakeLoss, realLoss), 2)
    },
    generator: (fake) => {
      const g = toGenerated(fake)
      return kind === 'minimax'
        ? tf.neg(tf.mean<tf.Scalar>(tf.softplus(tf.neg(g))))
        : tf.mean<tf.Scalar>(tf.softplus(g))
    },
    score: (logits) => tf.mean<tf.Scalar>(tf.sigmoid(tf.neg(toGenerated(logits))))
  }
}
