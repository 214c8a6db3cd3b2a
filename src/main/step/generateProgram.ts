import { forward, type Networks } from '../model/network'
import type { Program } from './program'

/** The averaged generator, which gives the better pictures, or the newest. */
export type GeneratorChoice = 'ema' | 'raw'

/**
 * Generates pictures: latents [batch, latentSize] to pictures float32 [batch, size, size, channels] in [−1, 1]. Batch
 * normalisation uses its moving averages, so that a picture depends on its own latents only.
 */
export function createGenerateProgram(
  networks: Networks,
  which: GeneratorChoice,
  batch: number
): Program<'latent', 'pictures'> {
  const network = which === 'ema' ? networks.ema : networks.generator
  return {
    name: `generate ${which}`,
    inputs: { latent: { dtype: 'float32', shape: [batch, ...network.analysis.inputShapes.get('input')!] } },
    variables: network.variables,
    outputs: ['pictures'],
    run: ({ latent }) => ({ pictures: forward(network, { input: latent }, { training: false }) })
  }
}
