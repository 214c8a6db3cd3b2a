import { type Architecture, architectureSchema } from '../../src/shared/architecture/architecture'

/** A generator and a discriminator of a few hundred weights for grey pictures of 16×16: 3 → 8×8×1 → 16×16×1 → 1. */
export const tinyArchitecture = (): Architecture =>
  architectureSchema.parse({
    latentSize: 3,
    pictureSize: 16,
    channels: 1,
    generator: [
      { type: 'Dense', units: 64, useBias: false },
      { type: 'Reshape', targetShape: [8, 8, 1] },
      { type: 'BatchNormalization', momentum: 0.9 },
      { type: 'LeakyReLU', alpha: 0.2 },
      { type: 'Conv2DTranspose', filters: 1, kernelSize: 4, strides: 2, padding: 'same', activation: 'tanh' }
    ],
    discriminator: [
      { type: 'Conv2D', filters: 2, kernelSize: 4, strides: 4, padding: 'same' },
      { type: 'LeakyReLU', alpha: 0.2 },
      { type: 'Flatten' },
      { type: 'Dropout', rate: 0.25 },
      { type: 'Dense', units: 1 }
    ]
  })
