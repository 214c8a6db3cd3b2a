import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { NetworkExamination } from './examination'

/** How often a layer's multiply-adds are done in one iteration, for each picture of a batch. */
interface Passes {
  readonly forward: number
  /** The gradient of its weights. */
  readonly weightGradient: number
  /** The gradient of its input. */
  readonly inputGradient: number
}

/**
 * Of a layer in one iteration of `updates` discriminator updates: the generator makes pictures for each of them and for
 * its own update; the discriminator judges generated and real pictures in its own updates, and generated ones in the
 * generator's, where its weights need no gradient.
 *
 * @param isFirst true for what reads the network's input alone, whose gradient nobody needs
 */
function passesOf(role: NetworkExamination['role'], updates: number, isFirst: boolean): Passes {
  return role === 'generator'
    ? { forward: updates + 1, weightGradient: 1, inputGradient: isFirst ? 0 : 1 }
    : { forward: 2 * updates + 1, weightGradient: 2 * updates, inputGradient: (isFirst ? 0 : 2 * updates) + 1 }
}

/** Names of the layers whose input depends on no weight of the network. */
function firstLayers({ layers }: NetworkExamination): ReadonlySet<string> {
  const beforeWeights = new Set<string>(['input', 'label'])
  const first = new Set<string>()
  for (const { name, inputs, weights } of layers) {
    if (inputs.every((input) => beforeWeights.has(input))) {
      first.add(name)
      if (weights?.length === 0) {
        beforeWeights.add(name)
      }
    }
  }
  return first
}

/** How often each layer's multiply-adds are done in one iteration, for each picture of a batch. */
export function passesOfLayers(network: NetworkExamination, updates: number): readonly number[] {
  const first = firstLayers(network)
  return network.layers.map(({ name }) => {
    const { forward, weightGradient, inputGradient } = passesOf(network.role, updates, first.has(name))
    return forward + weightGradient + inputGradient
  })
}

/**
 * Floating-point operations of each layer in one iteration: 2 for each multiply-add; elementwise work and gradient
 * penalties do not count. Null where a layer's multiply-adds are not known.
 */
export function flopsOfLayers(
  network: NetworkExamination,
  { batchSize, discriminatorSteps }: RunConfiguration['schedule']
): readonly (number | null)[] {
  const passes = passesOfLayers(network, discriminatorSteps)
  return network.layers.map(({ multiplyAdds }, i) =>
    multiplyAdds === null ? null : 2 * batchSize * multiplyAdds * passes[i]!
  )
}
