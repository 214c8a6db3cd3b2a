import { type RunConfiguration, runConfigurationSchema } from '../../../src/shared/config/runConfiguration'

/** The smallest configuration that the schema takes. */
export const smallConfiguration = (): RunConfiguration =>
  runConfigurationSchema.parse({
    preset: 'test',
    architecture: {
      latentSize: 8,
      pictureSize: 16,
      channels: 3,
      generator: [
        { type: 'Dense', units: 768, activation: 'tanh' },
        { type: 'Reshape', targetShape: [16, 16, 3] }
      ],
      discriminator: [{ type: 'Flatten' }, { type: 'Dense', units: 1 }]
    },
    generatorOptimizer: { kind: 'adam' },
    discriminatorOptimizer: { kind: 'rmsprop' },
    schedule: { seed: 7, steps: 20 }
  })
