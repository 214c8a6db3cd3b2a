import { forward, type Network } from '../model/network'
import type { Program } from './program'

/**
 * Generates pictures: latents [batch, latentSize] to pictures float32 [batch, size, size, channels] in [−1, 1]. Batch
 * normalisation uses its moving averages, so that a picture depends on its own latents only.
 *
 * @param network the averaged generator, which gives the better pictures, or the newest
 */
export function createGenerateProgram(network: Network, batch: number): Program<'latent', 'pictures'> {
  return {
    name: `generate with ${network.name}`,
    inputs: { latent: { dtype: 'float32', shape: [batch, ...network.analysis.inputShapes.get('input')!] } },
    variables: network.variables,
    outputs: ['pictures'],
    run: ({ latent }) => ({ pictures: forward(network, { input: latent }, { training: false }) })
  }
}
