import { z } from 'zod'
import { withNote } from '../config/field'

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

/** One line for forms: what the value does. */
const noted = <Schema extends z.ZodType>(schema: Schema, meaning: string): Schema => withNote(schema, { meaning })

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
  z.strictObject({
    kind: z.literal('normal'),
    mean: noted(z.number().default(0), 'Their mean.'),
    deviation: noted(z.number().min(0).max(10), 'Their standard deviation.')
  }),
  z.strictObject({
    kind: z.literal('uniform'),
    low: noted(z.number(), 'The least of them.'),
    high: noted(z.number(), 'The greatest of them.')
  }),
  z.strictObject({ kind: z.literal('constant'), value: noted(z.number(), 'The same for all.') })
])
export type Initializer = z.infer<typeof initializerSchema>

const common = {
  name: noted(
    z
      .string()
      .regex(/^[A-Za-z][\w-]{0,63}$/)
      .optional(),
    'Unique within its network; made from the type and the position when left out.'
  ),
  /** Names of the layers it reads; the layer before it when left out. "input" and "label" are the network's inputs. */
  inputs: z.array(z.string()).min(1).max(16).optional()
}

const kernelSize = noted(pair(side), 'Pixels that one output sees at a time: one number, or height and width.')
const step = pair(z.int().min(1).max(16))
const strides = noted(step.default(1), 'Pixels from one place of the kernel to the next.')
const activation = activationSchema.default('linear')
const startWeights = 'How the weights get their first values.'

const weighted = {
  activation: noted(activation, 'What each output goes through; linear leaves it as it is.'),
  useBias: noted(z.boolean().default(true), 'Adds a learnt number to each output.'),
  kernelInitializer: noted(initializerSchema.default({ kind: 'glorot-uniform' }), startWeights)
}

const window = {
  padding: noted(
    z.enum(['valid', 'same']).default('valid'),
    'same adds zeros around, so that size only follows from the strides; valid stays within the picture.'
  )
}

const filters = noted(unitCount, 'Maps it makes: kinds of pattern that it can tell or draw.')

const convolution = { filters, kernelSize, strides, ...window }

const pooling = {
  poolSize: noted(pair(side).default(2), 'Pixels that become one.'),
  strides: noted(step.optional(), 'Pixels from one place to the next; the pool size when left out.'),
  ...window
}

const depthMultiplier = noted(z.int().min(1).max(64).default(1), 'Maps that are made of each map that comes in.')
const epsilon = noted(z.number().min(1e-8).max(1).default(1e-3), 'Keeps the division by the deviation finite.')
const affine = {
  center: noted(z.boolean().default(true), 'Adds a learnt number to each map.'),
  scale: noted(z.boolean().default(true), 'Multiplies each map by a learnt number.')
}

const layer = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.strictObject({ type: z.literal(type), ...fields, ...common })

/** Borders in pixels: n on all sides, [vertical, horizontal], or [[top, bottom], [left, right]]. */
const border = z.int().min(0).max(256)
const borders = z.union([
  border,
  z.tuple([border, border]),
  z.tuple([z.tuple([border, border]), z.tuple([border, border])])
])
const sides = 'Pixels on all sides; or vertical, horizontal; or top, bottom, left, right.'

export const layerSchema = z.discriminatedUnion('type', [
  layer('Dense', { units: noted(unitCount, 'Numbers it makes, each of all that come in.'), ...weighted }),
  layer('Conv2D', {
    ...convolution,
    dilationRate: noted(step.default(1), 'Pixels between two of the kernel’s; 1 leaves no gap.'),
    ...weighted
  }),
  layer('Conv2DTranspose', { ...convolution, ...weighted }),
  layer('DepthwiseConv2D', { kernelSize, strides, ...window, depthMultiplier, ...weighted }),
  layer('SeparableConv2D', { ...convolution, depthMultiplier, ...weighted }),
  layer('BatchNormalization', {
    momentum: noted(z.number().min(0).max(1).default(0.99), 'Share of the moving averages that a batch keeps.'),
    epsilon,
    ...affine,
    gammaInitializer: noted(
      initializerSchema.default({ kind: 'constant', value: 1 }),
      'What the learnt factors begin with.'
    )
  }),
  layer('LayerNormalization', { epsilon, ...affine }),
  layer('Dropout', { rate: noted(z.number().min(0).max(0.95), 'Share of the numbers that are dropped at random.') }),
  layer('UpSampling2D', {
    size: noted(pair(z.int().min(1).max(16)).default(2), 'How many times larger the picture becomes.'),
    interpolation: noted(z.enum(['nearest', 'bilinear']).default('nearest'), 'Repeats pixels, or blends them.')
  }),
  layer('AveragePooling2D', pooling),
  layer('MaxPooling2D', pooling),
  layer('GlobalAveragePooling2D', {}),
  layer('Embedding', {
    inputDim: noted(z.int().min(1).max(100_000), 'Words it knows, as classes.'),
    outputDim: noted(unitCount, 'Numbers that it learns for each word.')
  }),
  layer('Concatenate', { axis: noted(z.int().min(-4).max(3).default(-1), 'Joined along this axis; −1 is channels.') }),
  layer('Add', {}),
  layer('Multiply', {}),
  layer('Activation', { activation: noted(activationSchema, 'What each number goes through.') }),
  layer('ReLU', { maxValue: noted(z.number().min(0).optional(), 'Cuts off what is greater.') }),
  layer('LeakyReLU', { alpha: noted(slope.default(0.3), 'Slope for negative numbers.') }),
  layer('PReLU', {
    alphaInitializer: noted(initializerSchema.default({ kind: 'constant', value: 0 }), 'What the slopes begin with.'),
    sharedAxes: noted(
      z.array(z.int().min(1).max(3)).max(3).optional(),
      'Axes that share one slope; 1, 2 gives each map one.'
    )
  }),
  layer('ELU', { alpha: noted(slope.default(1), 'How far negative numbers go down.') }),
  layer('Flatten', {}),
  layer('Reshape', {
    targetShape: noted(z.array(dimension).min(1).max(3), 'The new shape, as height, width, channels.')
  }),
  layer('Permute', {
    dims: noted(z.array(z.int().min(1).max(3)).min(1).max(3), 'The axes in their new order, counted from 1.')
  }),
  layer('ZeroPadding2D', { padding: noted(borders.default(1), sides) }),
  layer('Cropping2D', { cropping: noted(borders.default(0), sides) })
])

/** A layer with all defaults filled in. */
export type LayerSpec = z.infer<typeof layerSchema>
export type LayerType = LayerSpec['type']
export type LayerOf<Type extends LayerType> = Extract<LayerSpec, { type: Type }>
