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
  /** Loss of the discriminator. */
  readonly discriminator: (judgement: Judgement, noise: LabelNoise | undefined) => tf.Scalar
  /** Loss of the generator for the logits of its pictures. */
  readonly generator: (fake: tf.Tensor) => tf.Scalar
  /** Mean probability that the discriminator gives to "real": that of its logit, also where the loss isn't one of probabilities. */
  readonly score: (logits: tf.Tensor) => tf.Scalar
}

/** Both players' losses in terms of r, the logit of "real". */
type Game = Pick<AdversarialLoss, 'discriminator' | 'generator'>

const mean = (x: tf.Tensor): tf.Scalar => tf.mean<tf.Scalar>(x)

/**
 * Cross-entropy with labels as in Chollet's book, as probabilities of "generated": 1 for generated pictures and
 * 1 − realTarget for real ones, each plus labelNoise · U(0, 1); the discriminator's loss is the mean over all pictures.
 * Since BCE(−l, 1 − y) = BCE(l, y), it does not matter which of the two the discriminator's output 1 means.
 */
function crossEntropyGame({ realTarget, labelNoise }: LossConfiguration, generator: Game['generator']): Game {
  const label = (value: number, noise: tf.Tensor | undefined) =>
    noise === undefined ? value : tf.add(value, tf.mul(noise, labelNoise))
  return {
    discriminator: ({ fake, real }, noise) => {
      const fakeLoss = binaryCrossEntropy(tf.neg(fake), label(1, noise?.fake))
      const realLoss = binaryCrossEntropy(tf.neg(real), label(1 - realTarget, noise?.real))
      return tf.div(tf.add(fakeLoss, realLoss), 2)
    },
    generator
  }
}

const games: Readonly<Record<LossConfiguration['kind'], (configuration: LossConfiguration) => Game>> = {
  /** The generator minimises −ln P(real) = softplus(−r) (Goodfellow et al. 2014, section 3). */
  'non-saturating': (configuration) => crossEntropyGame(configuration, (fake) => mean(tf.softplus(tf.neg(fake)))),
  /** The generator minimises ln(1 − P(real)) = −softplus(r) (Goodfellow et al. 2014, equation 1). */
  minimax: (configuration) => crossEntropyGame(configuration, (fake) => tf.neg(mean(tf.softplus(fake)))),
  /** ½·E(r − 1)² + ½·E r² against ½·E(r − 1)² (Mao et al. 2017, equation 9: targets 0, 1 and 1). */
  'least-squares': () => ({
    discriminator: ({ fake, real }) => tf.div(tf.add(mean(tf.square(tf.sub(real, 1))), mean(tf.square(fake))), 2),
    generator: (fake) => tf.div(mean(tf.square(tf.sub(fake, 1))), 2)
  }),
  /** E max(0, 1 − r) + E max(0, 1 + r) against −E r (Lim & Ye 2017; Miyato et al. 2018, equations 16 and 17). */
  hinge: () => ({
    discriminator: ({ fake, real }) => tf.add(mean(tf.relu(tf.sub(1, real))), mean(tf.relu(tf.add(1, fake)))),
    generator: (fake) => tf.neg(mean(fake))
  }),
  /** E r of generated − E r of real pictures against −E r (Arjovsky et al. 2017); wants a gradient penalty. */
  wasserstein: () => ({
    discriminator: ({ fake, real }) => tf.sub(mean(fake), mean(real)),
    generator: (fake) => tf.neg(mean(fake))
  })
}

/** The losses of a configuration. The discriminator's output is r where it says "real", −r where it says "generated". */
export function createLoss(configuration: LossConfiguration): AdversarialLoss {
  const { kind, discriminatorSays } = configuration
  const toReal = (logits: tf.Tensor) => (discriminatorSays === 'real' ? logits : tf.neg(logits))
  const game = games[kind](configuration)
  return {
    discriminator: ({ fake, real }, noise) => game.discriminator({ fake: toReal(fake), real: toReal(real) }, noise),
    generator: (fake) => game.generator(toReal(fake)),
    score: (logits) => mean(tf.sigmoid(toReal(logits)))
  }
}
