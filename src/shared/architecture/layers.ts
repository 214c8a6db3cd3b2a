import { z } from 'zod'

/**
 * Every layer that an architecture may hold, once: type and fields, as in Keras, with Keras' defaults where Keras has
 * them. Types, checks, forms and documentation are derived from this table; `src/main/model` builds each one.
 */

const unitCount = z.int().min(1).max(65_536)
const side = z.int().min(1).max(64)
const slope = z.number().min(0).max(10)
const dimension = z.int().min(1).max(65_536)

/** A square [n] or a pair [height, width]. */
const pair = (of: z.ZodType<number>) => z.union([of, z.tuple([of, of])])

const activationSchema = z.enum([
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hardSigmoid',
  'softmax',
  'logSoftmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
  'gelu_new'
])
export type Activation = z.infer<typeof activationSchema>

/** How a weight gets its first values; glorot-uniform is U(−l, l) with l = √(6 / (fanIn + fanOut)) (Glorot & Bengio 2010). */
const initializerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('glorot-uniform') }),
  z.strictObject({ kind: z.literal('he-normal') }),
  z.strictObject({ kind: z.literal('normal'), mean: z.number().default(0), deviation: z.number().min(0).max(10) }),
  z.strictObject({ kind: z.literal('uniform'), low: z.number(), high: z.number() }),
  z.strictObject({ kind: z.literal('constant'), value: z.number() })
])
export type Initializer = z.infer<typeof initializerSchema>

const common = {
  /** Unique within its network; made from the type and the position when left out. */
  name: z
    .string()
    .regex(/^[A-Za-z][\w-]{0,63}$/)
    .optional(),
  /** Names of the layers it reads; the layer before it when left out. "input" and "label" are the network's inputs. */
  inputs: z.array(z.string()).min(1).max(16).optional()
}

const weighted = {
  activation: activationSchema.default('linear'),
  useBias: z.boolean().default(true),
  kernelInitializer: initializerSchema.default({ kind: 'glorot-uniform' })
}

const window = { padding: z.enum(['valid', 'same']).default('valid') }

const convolution = {
  ...common,
  ...weighted,
  ...window,
  filters: unitCount,
  kernelSize: pair(side),
  strides: pair(z.int().min(1).max(16)).default(1)
}

const pooling = {
  ...common,
  ...window,
  poolSize: pair(side).default(2),
  strides: pair(z.int().min(1).max(16)).optional()
}

const layer = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.strictObject({ type: z.literal(type), ...fields })

/** Borders in pixels: n on all sides, [vertical, horizontal], or [[top, bottom], [left, right]]. */
const border = z.int().min(0).max(256)
const borders = z.union([
  border,
  z.tuple([border, border]),
  z.tuple([z.tuple([border, border]), z.tuple([border, border])])
])

export const layerSchema = z.discriminatedUnion('type', [
  layer('Dense', { ...common, ...weighted, units: unitCount }),
  layer('Conv2D', { ...convolution, dilationRate: pair(z.int().min(1).max(16)).default(1) }),
  layer('Conv2DTranspose', convolution),
  layer('DepthwiseConv2D', {
    ...common,
    ...weighted,
    ...window,
    kernelSize: pair(side),
    strides: pair(z.int().min(1).max(16)).default(1),
    depthMultiplier: z.int().min(1).max(64).default(1)
  }),
  layer('SeparableConv2D', { ...convolution, depthMultiplier: z.int().min(1).max(64).default(1) }),
  layer('BatchNormalization', {
    ...common,
    momentum: z.number().min(0).max(1).default(0.99),
    epsilon: z.number().min(1e-8).max(1).default(1e-3),
    center: z.boolean().default(true),
    scale: z.boolean().default(true),
    gammaInitializer: initializerSchema.default({ kind: 'constant', value: 1 })
  }),
  layer('LayerNormalization', {
    ...common,
    epsilon: z.number().min(1e-8).max(1).default(1e-3),
    center: z.boolean().default(true),
    scale: z.boolean().default(true)
  }),
  layer('Dropout', { ...common, rate: z.number().min(0).max(0.95) }),
  layer('UpSampling2D', {
    ...common,
    size: pair(z.int().min(1).max(16)).default(2),
    interpolation: z.enum(['nearest', 'bilinear']).default('nearest')
  }),
  layer('AveragePooling2D', pooling),
  layer('MaxPooling2D', pooling),
  layer('GlobalAveragePooling2D', common),
  layer('Embedding', { ...common, inputDim: z.int().min(1).max(100_000), outputDim: unitCount }),
  layer('Concatenate', { ...common, axis: z.int().min(-4).max(3).default(-1) }),
  layer('Add', common),
  layer('Multiply', common),
  layer('Activation', { ...common, activation: activationSchema }),
  layer('ReLU', { ...common, maxValue: z.number().min(0).optional() }),
  layer('LeakyReLU', { ...common, alpha: slope.default(0.3) }),
  layer('PReLU', {
    ...common,
    alphaInitializer: initializerSchema.default({ kind: 'constant', value: 0 }),
    sharedAxes: z.array(z.int().min(1).max(3)).max(3).optional()
  }),
  layer('ELU', { ...common, alpha: slope.default(1) }),
  layer('Flatten', common),
  layer('Reshape', { ...common, targetShape: z.array(dimension).min(1).max(3) }),
  layer('Permute', { ...common, dims: z.array(z.int().min(1).max(3)).min(1).max(3) }),
  layer('ZeroPadding2D', { ...common, padding: borders.default(1) }),
  layer('Cropping2D', { ...common, cropping: borders.default(0) })
])

/** A layer with all defaults filled in. */
export type LayerSpec = z.infer<typeof layerSchema>
export type LayerType = LayerSpec['type']
export type LayerOf<Type extends LayerType> = Extract<LayerSpec, { type: Type }>
