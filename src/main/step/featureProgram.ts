import * as tf from '@tensorflow/tfjs-core'
import { sizeOf } from '../../shared/tensor'
import { forward, type Network } from '../model/network'
import type { Program } from './program'

/**
 * The layer whose features say most of what a generator will draw: the last one before its second layer of weights, where
 * the latent has been bent but not yet drawn. Its position among the network's layers.
 */
function featureLayer({ layers }: Network): number {
  const weighted = layers.flatMap(({ weights }, position) =>
    weights.some(({ name }) => name.endsWith('kernel')) ? position : []
  )
  return (weighted[1] ?? layers.length) - 1
}

/** Features of a latent. */
export const featureCount = (network: Network): number => sizeOf(network.layers[featureLayer(network)]!.outputShape)

/** What a generator's layer computes of latents: [batch, latentSize] to features [batch, `featureCount`]. */
export function createFeatureProgram(network: Network, batch: number): Program<'latent', 'features'> {
  const beginning = { ...network, layers: network.layers.slice(0, featureLayer(network) + 1) }
  return {
    name: `features of ${network.name}`,
    inputs: { latent: { dtype: 'float32', shape: [batch, ...network.analysis.inputShapes.get('input')!] } },
    variables: network.variables,
    outputs: ['features'],
    run: ({ latent }) => ({
      features: tf.reshape(forward(beginning, { input: latent }, { training: false }), [batch, -1])
    })
  }
}
