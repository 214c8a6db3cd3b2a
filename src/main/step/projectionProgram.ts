import * as tf from '@tensorflow/tfjs-core'
import { optimizerSchema } from '../../shared/config/optimizer'
import { forward, type Network } from '../model/network'
import { registerGradients } from './gradients'
import { createOptimizer } from './optimizers'
import type { Program } from './program'
import { createUpdater, slotName } from './updater'

/** The variable with the latents that are looked for. */
export const latentName = 'projection/latent'

/** Variables of a projection besides the generator's weights, all `[starts, latentSize]`; all but the latents begin as zeros. */
export const projectionVariables = [latentName, slotName('m', latentName), slotName('v', latentName)] as const

const projectionOutputs = ['loss', 'error', 'pictures'] as const
export type ProjectionOutput = (typeof projectionOutputs)[number]

/** Weight of the pull towards the norm of the prior: far below a visible difference of pixels. */
const priorWeight = 1e-4
/** Pictures are averaged down to about this side. */
const coarsestSide = 4

/** β₂ below the usual, since the surface is steep at first and flat at the end of a few hundred steps. */
const adam = createOptimizer(
  optimizerSchema.parse({ kind: 'adam', learningRate: 1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 })
)

/**
 * The size of step t = 0, 1 … of `steps`: rises over the first twentieth, then falls along half a cosine to 0 (Loshchilov
 * & Hutter 2017), with Adam's bias correction.
 */
export function projectionRate(t: number, steps: number, largest: number): number {
  const warmUp = Math.min(1, (t + 1) / (0.05 * steps))
  return largest * warmUp * 0.5 * (1 + Math.cos((Math.PI * t) / steps)) * adam.rate(t)
}

/** Says that a tensor is [batch, height, width, channels]. */
const asPictures = (x: tf.Tensor): tf.Tensor4D =>
  tf.reshape<tf.Rank.R4>(x, [x.shape[0]!, x.shape[1]!, x.shape[2]!, x.shape[3]!])

/** Mean square difference of each picture from the target, [starts]. */
const squareError = (pictures: tf.Tensor4D, target: tf.Tensor4D): tf.Tensor1D =>
  tf.mean(tf.square(tf.sub(pictures, target)), [1, 2, 3])

/**
 * The sum of the mean square differences of the pictures and of their averages over 2 × 2, 4 × 4 … pixels, [starts]: the
 * coarse ones pull a form into its place where the fine ones of two displaced forms say nothing.
 */
function multiScaleError(pictures: tf.Tensor4D, target: tf.Tensor4D): tf.Tensor1D {
  const side = pictures.shape[1]
  const error = squareError(pictures, target)
  if (side % 2 === 1 || side / 2 < coarsestSide) {
    return error
  }
  const coarser = (x: tf.Tensor4D) => tf.avgPool(x, 2, 2, 'valid')
  return tf.add(error, multiScaleError(coarser(pictures), coarser(target)))
}

/** (‖z‖² / d − 1)², [starts]: latents of the prior N(0, 1) lie near the sphere of radius √d. */
const distanceFromPrior = (latent: tf.Tensor): tf.Tensor1D =>
  tf.squeeze(tf.square(tf.sub(tf.mean(tf.square(latent), 1, true), 1)), [1])

/** One step of a projection, see `createProjectionProgram`. */
export interface ProjectionProgram extends Program<'target' | 'rate', ProjectionOutput> {
  /** Frees the latents and the optimiser's slots. */
  dispose(): void
}

/**
 * One step of gradient descent through a generator, from several latents at once, towards a picture (Zhu et al. 2016,
 * section 3.1): Adam on the multi-scale error plus a small pull towards the prior's norm. The generator stays as it is.
 *
 * Inputs: `target` float32 [1, size, size, channels] in [−1, 1], `rate` a scalar. Outputs, all of the latents as they
 * were before the step: `loss` [starts], `error` [starts], the mean square difference of the pixels, and `pictures`
 * [starts, size, size, channels].
 */
export function createProjectionProgram(network: Network, starts: number): ProjectionProgram {
  registerGradients()
  const { inputShapes, outputShape } = network.analysis
  const latent = tf.variable(tf.zeros([starts, ...inputShapes.get('input')!]))
  const updater = createUpdater({ variables: new Map([[latentName, latent]]), trainable: [latentName] }, adam)
  return {
    name: 'project',
    inputs: {
      target: { dtype: 'float32', shape: [1, ...outputShape] },
      rate: { dtype: 'float32', shape: [] }
    },
    variables: new Map([...network.variables, [latentName, latent], ...updater.slots]),
    outputs: projectionOutputs,
    run: ({ target, rate }) => {
      const wanted = asPictures(target)
      const { pictures, error, each } = updater.minimize(
        [
          {
            share: 1,
            objective: () => {
              const made = asPictures(forward(network, { input: latent }, { training: false }))
              const losses = tf.add(multiScaleError(made, wanted), tf.mul(distanceFromPrior(latent), priorWeight))
              // Each latent's gradient is that of its own loss.
              return { loss: tf.sum(losses), extra: { pictures: made, error: squareError(made, wanted), each: losses } }
            }
          }
        ],
        rate
      )
      return { pictures, error, loss: each }
    },
    dispose: () => tf.dispose([latent, ...updater.slots.values()])
  }
}
