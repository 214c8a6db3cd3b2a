import { z } from 'zod'
import type { Activation, Initializer, LayerType } from '../../../shared/architecture/layers'
import type { InEveryLanguage, Language } from '../../../shared/language'

/** What a layer's fields in Keras become in Kwiat, and what could not be kept of them. */
export interface ReadFields {
  readonly type: LayerType
  readonly fields: Readonly<Record<string, unknown>>
  /** An activation inside the layer that is a layer of its own in Kwiat. */
  readonly activation?: Readonly<Record<string, unknown>>
  readonly lost: readonly InEveryLanguage<string>[]
}

type Config = Readonly<Record<string, unknown>>
type Lost = InEveryLanguage<string>[]

/** [n, n] as n, as one writes it. */
function plain(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) {
    return value
  }
  const items = value.map(plain)
  const [first] = items
  return items.length === 2 && typeof first === 'number' && items[1] === first ? first : items
}

/** What is there, without nulls, which stand for "left out" in Keras. */
const given = (fields: Config): Config =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))

const notKept = (english: string, polish: string): Readonly<Record<Language, string>> => ({ en: english, pl: polish })

const activations: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', 'linear'],
  ['relu', 'relu'],
  ['relu6', 'relu6'],
  ['elu', 'elu'],
  ['selu', 'selu'],
  ['sigmoid', 'sigmoid'],
  ['hard_sigmoid', 'hardSigmoid'],
  ['hardSigmoid', 'hardSigmoid'],
  ['softmax', 'softmax'],
  ['log_softmax', 'logSoftmax'],
  ['logSoftmax', 'logSoftmax'],
  ['softplus', 'softplus'],
  ['softsign', 'softsign'],
  ['tanh', 'tanh'],
  ['swish', 'swish'],
  ['silu', 'swish'],
  ['mish', 'mish'],
  ['gelu', 'gelu'],
  ['gelu_new', 'gelu_new']
])

/** An object of Keras: a class with its configuration, in any version. */
const objectSchema = z.object({ class_name: z.string(), config: z.unknown() })

/** A function of Keras 3: {"class_name": "function", "config": "tanh"}. */
const nameOf = (value: unknown): string | undefined => {
  const parsed = objectSchema.safeParse(value)
  const inner = parsed.success ? parsed.data.config : value
  return typeof inner === 'string' ? inner : undefined
}

interface ReadActivation {
  readonly activation: Activation
  /** The layer that it is in Kwiat, where it is no function. */
  readonly layer?: Readonly<Record<string, unknown>>
}

function readActivation(value: unknown, lost: Lost): ReadActivation {
  if (value === undefined || value === null) {
    return { activation: 'linear' }
  }
  const layer = objectSchema.safeParse(value)
  if (layer.success && layer.data.class_name === 'LeakyReLU') {
    const config = z.looseObject({}).catch({}).parse(layer.data.config)
    return { activation: 'linear', layer: { type: 'LeakyReLU', ...given({ alpha: slopeOf(config) }) } }
  }
  const name = nameOf(value) ?? 'unknown'
  if (name === 'leaky_relu') {
    // Keras' function has another slope than its layer.
    return { activation: 'linear', layer: { type: 'LeakyReLU', alpha: 0.2 } }
  }
  const known = activations.get(name)
  if (known === undefined) {
    lost.push(
      notKept(
        `its activation “${name}” is not known; it is linear now`,
        `jej aktywacja „${name}” nie jest znana; teraz jest liniowa`
      )
    )
  }
  return { activation: known ?? 'linear' }
}

/** Keras keeps slopes as float32, so that 0.3 is written as 0.30000001192092896. */
function slopeOf(config: Config): unknown {
  const slope = config.negative_slope ?? config.alpha
  return typeof slope === 'number' && Math.fround(slope) === slope ? Number(slope.toPrecision(7)) : slope
}

const initializerConfig = z
  .object({
    mean: z.number().default(0),
    stddev: z.number().default(0.05),
    minval: z.number().default(-0.05),
    maxval: z.number().default(0.05),
    value: z.number().default(0),
    scale: z.number().default(1),
    mode: z.string().default('fan_in'),
    distribution: z.string().default('truncated_normal')
  })
  .partial()

/** The class of Keras' short names, as "glorot_uniform" → "GlorotUniform". */
const toClassName = (name: string): string =>
  name.includes('_') || /^[a-z]/.test(name)
    ? name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
    : name

function varianceScaling(scale: number, mode: string, distribution: string): Initializer | null {
  if (scale === 1 && mode.toLowerCase() === 'fan_avg' && distribution === 'uniform') {
    return { kind: 'glorot-uniform' }
  }
  const isNormal = distribution.includes('normal')
  return scale === 2 && mode.toLowerCase() === 'fan_in' && isNormal ? { kind: 'he-normal' } : null
}

/** The initialiser that an object or a name of Keras stands for; null for one that Kwiat does not have. */
function toInitializer(value: unknown): Initializer | null {
  const parsed = objectSchema.safeParse(typeof value === 'string' ? { class_name: value, config: {} } : value)
  if (!parsed.success) {
    return null
  }
  const config = initializerConfig.safeParse(parsed.data.config ?? {}).data ?? {}
  switch (toClassName(parsed.data.class_name)) {
    case 'GlorotUniform':
      return { kind: 'glorot-uniform' }
    case 'HeNormal':
      return { kind: 'he-normal' }
    case 'RandomNormal':
    case 'Normal':
      return { kind: 'normal', mean: config.mean ?? 0, deviation: config.stddev ?? 0.05 }
    case 'RandomUniform':
    case 'Uniform':
      return { kind: 'uniform', low: config.minval ?? -0.05, high: config.maxval ?? 0.05 }
    case 'Zeros':
      return { kind: 'constant', value: 0 }
    case 'Ones':
      return { kind: 'constant', value: 1 }
    case 'Constant':
      return { kind: 'constant', value: config.value ?? 0 }
    case 'VarianceScaling':
      return varianceScaling(config.scale ?? 1, config.mode ?? 'fan_in', config.distribution ?? 'truncated_normal')
    default:
      return null
  }
}

const initializerName = (value: unknown): string => {
  const parsed = objectSchema.safeParse(value)
  return parsed.success ? parsed.data.class_name : String(nameOf(value) ?? 'unknown')
}

function readInitializer(config: Config, field: string, lost: Lost): Initializer | undefined {
  const value = config[field]
  if (value === undefined || value === null) {
    return undefined
  }
  const initializer = toInitializer(value)
  if (initializer === null) {
    const name = initializerName(value)
    lost.push(
      notKept(
        `its initialiser ${name} is not one of Kwiat’s; it is Keras’ default now`,
        `jej inicjalizatora ${name} Kwiat nie ma; teraz jest domyślny Kerasa`
      )
    )
    return undefined
  }
  return initializer
}

/** Settings of Keras that Kwiat does not have, where they are set. */
const foreign = [
  'kernel_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'depthwise_constraint',
  'noise_shape'
]

function noteForeign(config: Config, lost: Lost): void {
  for (const field of foreign) {
    if (config[field] !== undefined && config[field] !== null) {
      lost.push(notKept(`its ${field} was left out`, `jej ${field} został pominięty`))
    }
  }
  if (typeof config.groups === 'number' && config.groups !== 1) {
    lost.push(notKept('its groups were left out', 'jej groups zostało pominięte'))
  }
}

function weighted(config: Config, kernel: string, lost: Lost) {
  const { activation, layer } = readActivation(config.activation, lost)
  return {
    fields: {
      activation,
      ...given({ useBias: config.use_bias, kernelInitializer: readInitializer(config, kernel, lost) })
    },
    ...(layer === undefined ? {} : { activation: layer })
  }
}

const sliding = (config: Config): Config =>
  given({
    kernelSize: plain(config.kernel_size),
    strides: plain(config.strides),
    padding: config.padding
  })

type Reader = (config: Config, lost: Lost) => Omit<ReadFields, 'lost'>

const convolution =
  (type: LayerType, kernel: string, more: (config: Config) => Config): Reader =>
  (config, lost) => {
    const { fields, ...activation } = weighted(config, kernel, lost)
    return { type, fields: { ...fields, ...sliding(config), ...given(more(config)) }, ...activation }
  }

const fieldsOf =
  (type: LayerType, read: (config: Config, lost: Lost) => Config): Reader =>
  (config, lost) => ({ type, fields: given(read(config, lost)) })

const pooling = (type: LayerType): Reader =>
  fieldsOf(type, (config) => {
    const [poolSize, strides] = [plain(config.pool_size), plain(config.strides)]
    const isDefault = JSON.stringify(poolSize) === JSON.stringify(strides)
    return { poolSize, strides: isDefault ? undefined : strides, padding: config.padding }
  })

const relu: Reader = (config) => {
  const slope = slopeOf(config)
  return typeof slope === 'number' && slope > 0
    ? { type: 'LeakyReLU', fields: { alpha: slope } }
    : { type: 'ReLU', fields: given({ maxValue: config.max_value }) }
}

/** −1 alone is what Flatten does. */
const reshape: Reader = (config) => {
  const { target_shape: shape } = config
  return Array.isArray(shape) && shape.length === 1 && shape[0] === -1
    ? { type: 'Flatten', fields: {} }
    : { type: 'Reshape', fields: given({ targetShape: shape }) }
}

const activationLayer: Reader = (config, lost) => {
  const { activation, layer } = readActivation(config.activation, lost)
  const { type: _, ...fields } = layer ?? {}
  return layer === undefined ? { type: 'Activation', fields: { activation } } : { type: 'LeakyReLU', fields }
}

const readers: { readonly [Type in LayerType]: Reader } = {
  Dense: (config, lost) => {
    const { fields, ...activation } = weighted(config, 'kernel_initializer', lost)
    return { type: 'Dense', fields: { ...fields, ...given({ units: config.units }) }, ...activation }
  },
  Conv2D: convolution('Conv2D', 'kernel_initializer', ({ filters, dilation_rate }) => ({
    filters,
    dilationRate: plain(dilation_rate)
  })),
  Conv2DTranspose: convolution('Conv2DTranspose', 'kernel_initializer', ({ filters }) => ({ filters })),
  DepthwiseConv2D: convolution('DepthwiseConv2D', 'depthwise_initializer', ({ depth_multiplier }) => ({
    depthMultiplier: depth_multiplier
  })),
  SeparableConv2D: convolution('SeparableConv2D', 'depthwise_initializer', ({ filters, depth_multiplier }) => ({
    filters,
    depthMultiplier: depth_multiplier
  })),
  BatchNormalization: fieldsOf('BatchNormalization', (config, lost) => ({
    momentum: config.momentum,
    epsilon: config.epsilon,
    center: config.center,
    scale: config.scale,
    gammaInitializer: readInitializer(config, 'gamma_initializer', lost)
  })),
  LayerNormalization: fieldsOf('LayerNormalization', ({ epsilon, center, scale }) => ({ epsilon, center, scale })),
  Dropout: fieldsOf('Dropout', ({ rate }) => ({ rate })),
  UpSampling2D: fieldsOf('UpSampling2D', ({ size, interpolation }) => ({ size: plain(size), interpolation })),
  AveragePooling2D: pooling('AveragePooling2D'),
  MaxPooling2D: pooling('MaxPooling2D'),
  GlobalAveragePooling2D: fieldsOf('GlobalAveragePooling2D', () => ({})),
  Embedding: fieldsOf('Embedding', ({ input_dim, output_dim }) => ({ inputDim: input_dim, outputDim: output_dim })),
  Concatenate: fieldsOf('Concatenate', ({ axis }) => ({ axis })),
  Add: fieldsOf('Add', () => ({})),
  Multiply: fieldsOf('Multiply', () => ({})),
  Activation: activationLayer,
  ReLU: relu,
  LeakyReLU: fieldsOf('LeakyReLU', (config) => ({ alpha: slopeOf(config) })),
  PReLU: fieldsOf('PReLU', (config, lost) => ({
    sharedAxes: config.shared_axes,
    alphaInitializer: readInitializer(config, 'alpha_initializer', lost)
  })),
  ELU: fieldsOf('ELU', (config) => ({ alpha: slopeOf(config) })),
  Flatten: fieldsOf('Flatten', () => ({})),
  Reshape: reshape,
  Permute: fieldsOf('Permute', ({ dims }) => ({ dims })),
  ZeroPadding2D: fieldsOf('ZeroPadding2D', ({ padding }) => ({ padding: plain(padding) })),
  Cropping2D: fieldsOf('Cropping2D', ({ cropping }) => ({ cropping: plain(cropping) }))
}

const isLayerType = (name: string): name is LayerType => Object.hasOwn(readers, name)

/** What a layer of Keras is in Kwiat, field by field, not checked yet; null for a layer that Kwiat does not have. */
export function readKerasFields(className: string, config: Config): ReadFields | null {
  if (!isLayerType(className)) {
    return null
  }
  const lost: Lost = []
  const read = readers[className](config, lost)
  noteForeign(config, lost)
  return { ...read, lost }
}
