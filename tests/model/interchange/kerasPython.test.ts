import { describe, expect, it } from 'vitest'
import { toKerasPython } from '../../../src/main/model/interchange/kerasPython'
import { loadPreset } from '../../../src/main/model/presets'
import { type LayerSpec, layerSchema } from '../../../src/shared/architecture/layers'

const withGenerator = (generator: readonly LayerSpec[]) => {
  const preset = loadPreset('chollet-32')
  return toKerasPython({ ...preset, architecture: { ...preset.architecture, generator: [...generator] } })
}

describe('toKerasPython', () => {
  it('writes both networks with their names, sizes and activations', () => {
    const code = toKerasPython(loadPreset('chollet-32'))
    expect(code.startsWith('import keras\nfrom keras import layers\n')).toBe(true)
    expect(code).toContain('    inputs = keras.Input(shape=(32,), name="input")')
    expect(code).toContain('    x = layers.Dense(units=32768, name="dense")(inputs)')
    expect(code).toContain('    x = layers.LeakyReLU(negative_slope=0.3, name="leaky_re_lu")(x)')
    expect(code).toContain(
      'Conv2DTranspose(filters=256, kernel_size=4, strides=2, padding="same", name="conv2d_transpose")(x)'
    )
    expect(code).toContain('padding="same", activation="tanh", name="conv2d_3")(x)')
    expect(code).toContain('    inputs = keras.Input(shape=(32, 32, 3), name="input")')
    expect(code).toContain('    return keras.Model(inputs, x, name="discriminator")  # logits')
  })

  it('writes initialisers', () => {
    const code = toKerasPython(loadPreset('dcgan-32'))
    expect(code).toContain('from keras import initializers, layers')
    expect(code).toContain('kernel_initializer=initializers.RandomNormal(mean=0, stddev=0.02)')
    expect(code).toContain('gamma_initializer=initializers.RandomNormal(mean=1, stddev=0.02)')
    expect(code).toContain('momentum=0.9, epsilon=0.00001')
  })

  it('gives what several layers read, or one further on, a variable of its own', () => {
    const code = withGenerator(
      [
        { type: 'Dense', units: 8, name: 'first' },
        { type: 'Dense', units: 8, name: 'second-one' },
        { type: 'Add', inputs: ['second-one', 'first'] }
      ].map((layer) => layerSchema.parse(layer))
    )
    expect(code).toContain('    x_first = layers.Dense(units=8, name="first")(inputs)')
    expect(code).toContain('    x = layers.Dense(units=8, name="second-one")(x_first)')
    expect(code).toContain('    x = layers.Add(name="add")([x, x_first])')
  })
})
