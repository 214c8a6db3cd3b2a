import type { Activation, Initializer, LayerOf, LayerSpec, LayerType } from '../../../../shared/architecture/layers'
import { dispatch } from '../../../../shared/dispatch'
import { KwiatError } from '../../../../shared/errors'
import type { LayerAnalysis, NetworkAnalysis } from '../../../model/analysis'
import { type Shape, toBorders, toPair } from '../../../model/shapes'

/** A layer's fields as Keras 3 reads them from `config.json`; what is left out has Keras' default. */
type Fields = Readonly<Record<string, unknown>>

/** Keras 3's names; null for what it computes otherwise or not at all. */
const activationNames: { readonly [Name in Activation]: string | null } = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  // Here x / 5 + 1/2 between 0 and 1, as Keras 2 had it; Keras 3 has x / 6 + 1/2.
  hardSigmoid: null,
  softmax: 'softmax',
  logSoftmax: 'log_softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  tanh: 'tanh',
  swish: 'silu',
  mish: 'mish',
  gelu: 'gelu',
  // By tanh; Keras' name stands for the exact one.
  gelu_new: null
}

/** Thrown for what Keras can't express; becomes the error that names the layer. */
class Inexpressible extends Error {}

function activation(name: Activation): string {
  const kerasName = activationNames[name]
  if (kerasName === null) {
    throw new Inexpressible(`the activation ${name}, which Keras 3 computes otherwise`)
  }
  return kerasName
}

const object = (className: string, config: Fields) => ({
  module: 'keras.initializers',
  class_name: className,
  config,
  registered_name: null
})

const initializers: { readonly [Kind in Initializer['kind']]: (of: Extract<Initializer, { kind: Kind }>) => unknown } =
  {
    'glorot-uniform': () => object('GlorotUniform', { seed: null }),
    'he-normal': () => object('HeNormal', { seed: null }),
    normal: ({ mean, deviation }) => object('RandomNormal', { mean, stddev: deviation, seed: null }),
    uniform: ({ low, high }) => object('RandomUniform', { minval: low, maxval: high, seed: null }),
    constant: ({ value }) => object('Constant', { value })
  }

const initializer = (of: Initializer): unknown => dispatch<'kind', Initializer, unknown>('kind', initializers, of)

const dense = (spec: LayerOf<'Dense' | 'Conv2D' | 'Conv2DTranspose' | 'DepthwiseConv2D' | 'SeparableConv2D'>) => ({
  activation: activation(spec.activation),
  use_bias: spec.useBias
})

const sliding = (spec: LayerOf<'Conv2D' | 'Conv2DTranspose' | 'DepthwiseConv2D' | 'SeparableConv2D'>) => ({
  kernel_size: toPair(spec.kernelSize),
  strides: toPair(spec.strides),
  padding: spec.padding,
  data_format: 'channels_last',
  ...dense(spec)
})

const pooling = ({ poolSize, strides, padding }: LayerOf<'AveragePooling2D' | 'MaxPooling2D'>) => ({
  pool_size: toPair(poolSize),
  strides: toPair(strides ?? poolSize),
  padding,
  data_format: 'channels_last'
})

const none = (): Fields => ({})

const configOf: { readonly [Type in LayerType]: (spec: LayerOf<Type>) => Fields } = {
  Dense: (spec) => ({ units: spec.units, ...dense(spec), kernel_initializer: initializer(spec.kernelInitializer) }),
  Conv2D: (spec) => ({
    filters: spec.filters,
    ...sliding(spec),
    dilation_rate: toPair(spec.dilationRate),
    kernel_initializer: initializer(spec.kernelInitializer)
  }),
  Conv2DTranspose: (spec) => ({
    filters: spec.filters,
    ...sliding(spec),
    kernel_initializer: initializer(spec.kernelInitializer)
  }),
  DepthwiseConv2D: (spec) => ({
    ...sliding(spec),
    depth_multiplier: spec.depthMultiplier,
    depthwise_initializer: initializer(spec.kernelInitializer)
  }),
  SeparableConv2D: (spec) => ({
    filters: spec.filters,
    ...sliding(spec),
    depth_multiplier: spec.depthMultiplier,
    depthwise_initializer: initializer(spec.kernelInitializer),
    pointwise_initializer: initializer(spec.kernelInitializer)
  }),
  BatchNormalization: ({ momentum, epsilon, center, scale, gammaInitializer }) => ({
    axis: -1,
    momentum,
    epsilon,
    center,
    scale,
    gamma_initializer: initializer(gammaInitializer)
  }),
  LayerNormalization: ({ epsilon, center, scale }) => ({ axis: -1, epsilon, center, scale }),
  Dropout: ({ rate }) => ({ rate, seed: null, noise_shape: null }),
  UpSampling2D: ({ size, interpolation }) => {
    if (interpolation === 'bilinear') {
      throw new Inexpressible('bilinear interpolation, for which Keras places the pixels otherwise')
    }
    return { size: toPair(size), data_format: 'channels_last', interpolation }
  },
  AveragePooling2D: pooling,
  MaxPooling2D: pooling,
  GlobalAveragePooling2D: () => ({ data_format: 'channels_last', keepdims: false }),
  Embedding: ({ inputDim, outputDim }) => ({ input_dim: inputDim, output_dim: outputDim }),
  Concatenate: ({ axis }) => ({ axis }),
  Add: none,
  Multiply: none,
  Activation: (spec) => ({ activation: activation(spec.activation) }),
  ReLU: ({ maxValue }) => ({ max_value: maxValue ?? null, negative_slope: 0, threshold: 0 }),
  LeakyReLU: ({ alpha }) => ({ negative_slope: alpha }),
  PReLU: ({ sharedAxes, alphaInitializer }) => ({
    alpha_initializer: initializer(alphaInitializer),
    shared_axes: sharedAxes ?? null
  }),
  ELU: ({ alpha }) => ({ alpha }),
  Flatten: () => ({ data_format: 'channels_last' }),
  Reshape: ({ targetShape }) => ({ target_shape: targetShape }),
  Permute: ({ dims }) => ({ dims }),
  ZeroPadding2D: ({ padding }) => ({ padding: toBorders(padding), data_format: 'channels_last' }),
  Cropping2D: ({ cropping }) => ({ cropping: toBorders(cropping), data_format: 'channels_last' })
}

const withBatch = (shape: Shape) => [null, ...shape]

/** The result of a layer, as a later layer names what it reads. */
const kerasTensor = (name: string, shape: Shape) => ({
  class_name: '__keras_tensor__',
  config: { shape: withBatch(shape), dtype: 'float32', keras_history: [name, 0, 0] }
})

const merging: ReadonlySet<LayerType> = new Set(['Add', 'Multiply', 'Concatenate'])

function layerConfig({ name, spec, inputs, inputShapes }: LayerAnalysis) {
  const read = inputs.map((input, i) => kerasTensor(input, inputShapes[i]!))
  return {
    module: 'keras.layers',
    class_name: spec.type,
    config: { name, trainable: true, dtype: 'float32', ...fieldsOf(name, spec) },
    registered_name: null,
    build_config: {
      input_shape: merging.has(spec.type) ? inputShapes.map(withBatch) : withBatch(inputShapes[0]!)
    },
    name,
    inbound_nodes: [{ args: merging.has(spec.type) ? [read] : read, kwargs: {} }]
  }
}

function fieldsOf(name: string, spec: LayerSpec): Fields {
  try {
    return dispatch<'type', LayerSpec, Fields>('type', configOf, spec)
  } catch (error) {
    if (!(error instanceof Inexpressible)) {
      throw error
    }
    throw new KwiatError('export-unsuited', {
      who: `layer ${name} (${spec.type})`,
      expected: 'layers that Keras 3 computes as Kwiat does',
      actual: error.message,
      todo: 'export as ONNX or safetensors'
    })
  }
}

const inputLayer = (name: string, shape: Shape) => ({
  module: 'keras.layers',
  class_name: 'InputLayer',
  config: { batch_shape: withBatch(shape), dtype: 'float32', sparse: false, name },
  registered_name: null,
  name,
  inbound_nodes: []
})

/**
 * The content of `config.json` of a `.keras` file: the network as a functional model of Keras 3 (`keras.saving`,
 * `serialize_keras_object`), its layers under their own names.
 *
 * @throws KwiatError `export-unsuited` naming the first layer that Keras computes otherwise
 */
export function kerasConfig({ role, inputShapes, layers }: NetworkAnalysis) {
  const inputs = [...inputShapes]
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name: role,
      trainable: true,
      layers: [...inputs.map(([name, shape]) => inputLayer(name, shape)), ...layers.map(layerConfig)],
      input_layers: inputs.map(([name]) => [name, 0, 0]),
      output_layers: [[layers.at(-1)!.name, 0, 0]]
    },
    registered_name: 'Functional',
    build_config: { input_shape: null }
  }
}

/** Keras' own rule (`keras.src.utils.naming.to_snake_case`): "LeakyReLU" becomes "leaky_re_lu". */
export const toSnakeCase = (className: string): string =>
  className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()

/**
 * The names that layers have in a file of weights: their class in snake case, numbered from the second one of its kind
 * on (`keras.src.saving.saving_lib._save_container_state`).
 */
export function weightGroups(layers: readonly { readonly name: string; readonly type: string }[]): Map<string, string> {
  const counts = new Map<string, number>()
  return new Map(
    layers.map(({ name, type }) => {
      const kind = toSnakeCase(type)
      const count = counts.get(kind) ?? 0
      counts.set(kind, count + 1)
      return [name, count === 0 ? kind : `${kind}_${count}`]
    })
  )
}
