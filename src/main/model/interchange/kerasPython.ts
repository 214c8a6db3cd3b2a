import type { Activation, Initializer, LayerOf, LayerSpec, LayerType } from '../../../shared/architecture/layers'
import { type Role, roles } from '../../../shared/architecture/roles'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import { dispatch } from '../../../shared/dispatch'
import { examineArchitecture, type LayerExamination, type NetworkExamination } from '../examination'

/** Arguments of a Keras layer as Python expressions, by name. */
type Arguments = Readonly<Record<string, string>>

const quoted = (text: string): string => `"${text}"`

/** A number as Python reads it; JSON's numbers are Python's. */
const number = (value: number): string => String(value)

type Nested = number | readonly Nested[]

/** n as n, a list as a tuple. */
const tuple = (value: Nested): string =>
  typeof value === 'number' ? number(value) : `(${value.map(tuple).join(', ')}${value.length === 1 ? ',' : ''})`

/** Keras' names; the others are the same in Keras. */
const activationNames: Partial<Record<Activation, string>> = {
  hardSigmoid: 'hard_sigmoid',
  logSoftmax: 'log_softmax',
  gelu_new: 'gelu'
}

const activation = (name: Activation): string => quoted(activationNames[name] ?? name)

const initializers: { readonly [Kind in Initializer['kind']]: (of: Extract<Initializer, { kind: Kind }>) => string } = {
  'glorot-uniform': () => quoted('glorot_uniform'),
  'he-normal': () => quoted('he_normal'),
  normal: ({ mean, deviation }) => `initializers.RandomNormal(mean=${number(mean)}, stddev=${number(deviation)})`,
  uniform: ({ low, high }) => `initializers.RandomUniform(minval=${number(low)}, maxval=${number(high)})`,
  constant: ({ value }) => `initializers.Constant(${number(value)})`
}

const initializer = (of: Initializer): string => dispatch<'kind', Initializer, string>('kind', initializers, of)

interface Weighted {
  readonly activation: Activation
  readonly useBias: boolean
  readonly kernelInitializer: Initializer
}

/** Only what differs from Keras' defaults, so that the code reads as one would write it. */
const weighted = (spec: Weighted, kernel = 'kernel_initializer'): Arguments => ({
  ...(spec.activation === 'linear' ? {} : { activation: activation(spec.activation) }),
  ...(spec.useBias ? {} : { use_bias: 'False' }),
  ...(spec.kernelInitializer.kind === 'glorot-uniform' ? {} : { [kernel]: initializer(spec.kernelInitializer) })
})

const padding = (value: 'valid' | 'same'): Arguments => (value === 'valid' ? {} : { padding: quoted(value) })

const strides = (value: Nested): Arguments => (value === 1 ? {} : { strides: tuple(value) })

const convolution = (spec: LayerOf<'Conv2D' | 'Conv2DTranspose' | 'SeparableConv2D'>): Arguments => ({
  filters: number(spec.filters),
  kernel_size: tuple(spec.kernelSize),
  ...strides(spec.strides),
  ...padding(spec.padding)
})

const pooling = ({
  poolSize,
  strides: step,
  padding: border
}: LayerOf<'AveragePooling2D' | 'MaxPooling2D'>): Arguments => ({
  pool_size: tuple(poolSize),
  ...(step === undefined ? {} : { strides: tuple(step) }),
  ...padding(border)
})

const normalization = ({
  epsilon,
  center,
  scale
}: LayerOf<'BatchNormalization' | 'LayerNormalization'>): Arguments => ({
  ...(epsilon === 1e-3 ? {} : { epsilon: number(epsilon) }),
  ...(center ? {} : { center: 'False' }),
  ...(scale ? {} : { scale: 'False' })
})

const multiplier = (value: number): Arguments => (value === 1 ? {} : { depth_multiplier: number(value) })

const none = (): Arguments => ({})

const argumentsOf: { readonly [Type in LayerType]: (spec: LayerOf<Type>) => Arguments } = {
  Dense: (spec) => ({ units: number(spec.units), ...weighted(spec) }),
  Conv2D: (spec) => ({
    ...convolution(spec),
    ...(spec.dilationRate === 1 ? {} : { dilation_rate: tuple(spec.dilationRate) }),
    ...weighted(spec)
  }),
  Conv2DTranspose: (spec) => ({ ...convolution(spec), ...weighted(spec) }),
  DepthwiseConv2D: (spec) => ({
    kernel_size: tuple(spec.kernelSize),
    ...strides(spec.strides),
    ...padding(spec.padding),
    ...multiplier(spec.depthMultiplier),
    ...weighted(spec, 'depthwise_initializer')
  }),
  SeparableConv2D: (spec) => {
    const pointwise =
      spec.kernelInitializer.kind === 'glorot-uniform'
        ? {}
        : { pointwise_initializer: initializer(spec.kernelInitializer) }
    return {
      ...convolution(spec),
      ...multiplier(spec.depthMultiplier),
      ...weighted(spec, 'depthwise_initializer'),
      ...pointwise
    }
  },
  BatchNormalization: (spec) => ({
    ...(spec.momentum === 0.99 ? {} : { momentum: number(spec.momentum) }),
    ...normalization(spec),
    ...(spec.gammaInitializer.kind === 'constant' && spec.gammaInitializer.value === 1
      ? {}
      : { gamma_initializer: initializer(spec.gammaInitializer) })
  }),
  LayerNormalization: normalization,
  Dropout: ({ rate }) => ({ rate: number(rate) }),
  UpSampling2D: ({ size, interpolation }) => ({
    size: tuple(size),
    ...(interpolation === 'nearest' ? {} : { interpolation: quoted(interpolation) })
  }),
  AveragePooling2D: pooling,
  MaxPooling2D: pooling,
  GlobalAveragePooling2D: none,
  Embedding: ({ inputDim, outputDim }) => ({ input_dim: number(inputDim), output_dim: number(outputDim) }),
  Concatenate: ({ axis }) => ({ axis: number(axis) }),
  Add: none,
  Multiply: none,
  Activation: (spec) => ({ activation: activation(spec.activation) }),
  ReLU: ({ maxValue }) => (maxValue === undefined ? {} : { max_value: number(maxValue) }),
  LeakyReLU: ({ alpha }) => ({ negative_slope: number(alpha) }),
  PReLU: ({ sharedAxes, alphaInitializer }) => ({
    alpha_initializer: initializer(alphaInitializer),
    ...(sharedAxes === undefined ? {} : { shared_axes: `[${sharedAxes.join(', ')}]` })
  }),
  ELU: ({ alpha }) => (alpha === 1 ? {} : { alpha: number(alpha) }),
  Flatten: none,
  Reshape: ({ targetShape }) => ({ target_shape: tuple(targetShape) }),
  Permute: ({ dims }) => ({ dims: tuple(dims) }),
  ZeroPadding2D: (spec) => ({ padding: tuple(spec.padding) }),
  Cropping2D: ({ cropping }) => ({ cropping: tuple(cropping) })
}

/** Names of Python variables; a layer's name has letters, digits, "_" and "-" only. */
const variable = (name: string): string => name.replaceAll('-', '_')

function layerLine(
  { name, spec, inputs }: LayerExamination,
  result: string,
  sources: ReadonlyMap<string, string>
): string {
  const given = dispatch<'type', LayerSpec, Arguments>('type', argumentsOf, spec)
  const fields = Object.entries({ ...given, name: quoted(name) }).map(([key, value]) => `${key}=${value}`)
  const [first, ...others] = inputs.map((input) => sources.get(input) ?? variable(input))
  const read = others.length === 0 ? first : `[${[first, ...others].join(', ')}]`
  return `    ${result} = layers.${spec.type}(${fields.join(', ')})(${read})`
}

/** The layers one after the other: x for what only the next layer reads, a variable of its own for the others. */
function networkCode({ role, inputShapes, layers }: NetworkExamination): string {
  const isPlain = (position: number) => {
    const { name } = layers[position]!
    const readers = layers.filter(({ inputs }) => inputs.includes(name))
    return readers.every((reader) => reader.position === position + 1)
  }
  const sources = new Map<string, string>([['input', 'inputs']])
  const lines = layers.map((layer, position) => {
    const result = isPlain(position) ? 'x' : `x_${variable(layer.name)}`
    const line = layerLine(layer, result, sources)
    sources.set(layer.name, result)
    return line
  })
  const last = layers.at(-1)
  const ending = role === 'discriminator' ? '  # logits: use losses that are told from_logits=True' : ''
  return [
    `def build_${role}():`,
    `    inputs = keras.Input(shape=${tuple(inputShapes.get('input') ?? [])}, name="input")`,
    ...lines,
    `    return keras.Model(inputs, ${sources.get(last?.name ?? 'input')}, name="${role}")${ending}`
  ].join('\n')
}

/**
 * Python code for Keras 3 that builds both networks: the same layers with the same names, initialisers and activations.
 * The discriminator ends in logits, as Kwiat's does.
 */
export function toKerasPython(configuration: RunConfiguration): string {
  const examined = examineArchitecture(configuration.architecture)
  const networks = roles.map((role: Role) => networkCode(examined[role]))
  const usesInitializers = networks.some((code) => code.includes('initializers.'))
  return [
    'import keras',
    `from keras import ${usesInitializers ? 'initializers, ' : ''}layers`,
    ...networks.flatMap((code) => ['', '', code]),
    '',
    '',
    'generator = build_generator()',
    'discriminator = build_discriminator()',
    ''
  ].join('\n')
}
