/** Models as `model.to_json()` writes them, built by hand after what Keras 2.4 and Keras 3 write. */

type Config = Readonly<Record<string, unknown>>
/** Class and configuration. */
export type Layer = readonly [string, Config]
export type Version = 2 | 3

const glorot = (version: Version) => ({
  class_name: 'GlorotUniform',
  config: { seed: null },
  ...(version === 3 ? { module: 'keras.initializers', registered_name: null } : {})
})

const snakeCase: Readonly<Record<string, string>> = {
  Dense: 'dense',
  LeakyReLU: 'leaky_re_lu',
  ReLU: 're_lu',
  Reshape: 'reshape',
  Conv2D: 'conv2d',
  Conv2DTranspose: 'conv2d_transpose',
  Flatten: 'flatten',
  Dropout: 'dropout'
}

/** Keras counts its automatic names over the whole program. */
export function createNames() {
  const counts = new Map<string, number>()
  return (type: string): string => {
    const base = snakeCase[type] ?? type.toLowerCase()
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    return count === 0 ? base : `${base}_${count}`
  }
}

const hasKernel = (type: string) => type === 'Dense' || type.startsWith('Conv2D')

const configOf = (version: Version, [type, config]: Layer, name: string, trainable: boolean): Config => ({
  name,
  trainable,
  dtype: version === 3 ? { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' } } : 'float32',
  ...(hasKernel(type)
    ? {
        activation: 'linear',
        use_bias: true,
        kernel_initializer: glorot(version),
        bias_initializer: { class_name: 'Zeros', config: {} },
        kernel_regularizer: null
      }
    : {}),
  ...(type.startsWith('Conv2D') ? { strides: [1, 1], padding: 'valid', data_format: 'channels_last' } : {}),
  ...(type === 'Conv2D' ? { dilation_rate: [1, 1], groups: 1 } : {}),
  ...(type === 'LeakyReLU' ? { [version === 3 ? 'negative_slope' : 'alpha']: 0.30000001192092896 } : {}),
  ...config
})

const tensorOf = (name: string) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 1], dtype: 'float32', keras_history: [name, 0, 0] }
})

const inbound = (version: Version, before: string) =>
  version === 3 ? [{ args: [tensorOf(before)], kwargs: {} }] : [[[before, 0, 0, {}]]]

export interface ModelOptions {
  readonly version: Version
  readonly name: string
  readonly inputShape: readonly number[]
  readonly layers: readonly Layer[]
  readonly nameFor: (type: string) => string
  readonly trainable?: boolean
}

/** A functional model of layers in a row. */
export function functional({ version, name, inputShape, layers, nameFor, trainable = true }: ModelOptions) {
  const inputName = nameFor('InputLayer')
  const inputConfig = { [version === 3 ? 'batch_shape' : 'batch_input_shape']: [null, ...inputShape], name: inputName }
  const built = [{ class_name: 'InputLayer', config: inputConfig, name: inputName, inbound_nodes: [] as unknown[] }]
  let before = inputName
  for (const layer of layers) {
    const layerName = nameFor(layer[0])
    const config = configOf(version, layer, layerName, trainable)
    const built1 = { class_name: layer[0], config, name: layerName, inbound_nodes: inbound(version, before) }
    built.push(built1 as (typeof built)[number])
    before = layerName
  }
  return {
    ...(version === 3 ? { module: 'keras.src.models.functional', registered_name: 'Functional' } : {}),
    class_name: 'Functional',
    config: {
      name,
      ...(version === 3 ? { trainable } : {}),
      layers: built,
      input_layers: [[inputName, 0, 0]],
      output_layers: [[before, 0, 0]]
    },
    ...(version === 2 ? { keras_version: '2.4.0', backend: 'tensorflow' } : {})
  }
}

const leaky: Layer = ['LeakyReLU', {}]
const convolution = (filters: number, kernel: number, more: Config = {}): Layer => [
  'Conv2D',
  { filters, kernel_size: [kernel, kernel], padding: 'same', ...more }
]

/** The seed notebook's generator with its first two mistakes: the up-sampling is a Conv2D, and an activation is lost. */
const brokenGenerator: readonly Layer[] = [
  ['Dense', { units: 32_768 }],
  leaky,
  ['Reshape', { target_shape: [16, 16, 128] }],
  convolution(256, 5),
  leaky,
  convolution(256, 4, { strides: [2, 2] }),
  leaky,
  convolution(256, 5),
  // X = layers.LeakyReLU()(x): the result goes to another name, so that it is no part of the model.
  convolution(256, 5),
  leaky,
  convolution(3, 7, { activation: 'tanh' })
]

const strided: Layer = ['Conv2D', { filters: 128, kernel_size: [4, 4], strides: [2, 2] }]

const discriminator: readonly Layer[] = [
  ['Conv2D', { filters: 128, kernel_size: [3, 3] }],
  leaky,
  strided,
  leaky,
  strided,
  leaky,
  strided,
  leaky,
  ['Flatten', {}],
  ['Dropout', { rate: 0.4, noise_shape: null, seed: null }],
  ['Dense', { units: 1, activation: 'sigmoid' }]
]

/** The seed notebook's pair with its three mistakes; the third: `discriminator.trainable = False`. */
export function notebookPair(version: Version) {
  const nameFor = createNames()
  return {
    generator: functional({ version, name: 'generator', inputShape: [32], layers: brokenGenerator, nameFor }),
    discriminator: functional({
      version,
      name: 'discriminator',
      inputShape: [32, 32, 3],
      layers: discriminator,
      nameFor,
      trainable: false
    })
  }
}

/** gan = keras.models.Model(gan_input, discriminator(generator(gan_input))) */
export function joined(version: Version) {
  const { generator, discriminator: judge } = notebookPair(version)
  const nested = (model: { config: { name: string } }, before: string) => ({
    ...model,
    name: model.config.name,
    inbound_nodes: inbound(version, before)
  })
  const input = {
    class_name: 'InputLayer',
    config: { batch_input_shape: [null, 32], name: 'gan_input' },
    name: 'gan_input',
    inbound_nodes: []
  }
  return {
    class_name: 'Functional',
    config: {
      name: 'gan',
      layers: [input, nested(generator, 'gan_input'), nested(judge, 'generator')],
      input_layers: [['gan_input', 0, 0]],
      output_layers: [['discriminator', 1, 0]]
    },
    keras_version: '2.4.0'
  }
}
