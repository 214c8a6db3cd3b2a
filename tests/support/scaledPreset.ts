import { loadPreset } from '../../src/main/model/presets'
import type { LayerSpec } from '../../src/shared/architecture/layers'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { sizeOf } from '../../src/shared/tensor'

/**
 * By how much the channels are divided: enough for tfjs' JavaScript backend, and for rounding not to push any
 * activation over the kink of a ReLU, after which two runs part for good without either being wrong.
 */
const divisors: Readonly<Record<string, number>> = {
  'chollet-32': 64,
  'dcgan-32': 32,
  'dcgan-64': 64
}

const divisorOf = (preset: string): number => divisors[preset] ?? 16

/** The layers with fewer channels; the last keeps its own, and a dense layer makes what the reshaping one needs. */
function narrow(layers: readonly LayerSpec[], divisor: number): LayerSpec[] {
  const fewer = (channels: number) => Math.max(Math.ceil(channels / divisor), 2)
  const reshaped = (shape: readonly number[]) => [...shape.slice(0, -1), fewer(shape.at(-1)!)]
  const units = layers.flatMap((layer) => (layer.type === 'Reshape' ? sizeOf(reshaped(layer.targetShape)) : []))
  return layers.map((layer, position) => {
    if (position === layers.length - 1) {
      return layer
    }
    switch (layer.type) {
      case 'Conv2D':
      case 'Conv2DTranspose':
        return { ...layer, filters: fewer(layer.filters) }
      case 'Dense':
        return { ...layer, units: units[0] ?? fewer(layer.units) }
      case 'Reshape':
        return { ...layer, targetShape: reshaped(layer.targetShape) }
      default:
        return layer
    }
  })
}

/** A preset with few channels and a batch of two. */
export function scaledDown(name: string, seed = 1): RunConfiguration {
  const preset = loadPreset(name)
  const { generator, discriminator } = preset.architecture
  return {
    ...preset,
    architecture: {
      ...preset.architecture,
      generator: narrow(generator, divisorOf(name)),
      discriminator: narrow(discriminator, divisorOf(name))
    },
    schedule: { ...preset.schedule, batchSize: 2, seed }
  }
}
