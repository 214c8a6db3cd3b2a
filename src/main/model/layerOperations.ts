import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import type { Activation, LayerOf, LayerSpec, LayerType } from '../../shared/architecture/layers'
import { dispatch } from '../../shared/dispatch'
import { asMaps, averagePoolSame, dilateKernel, repeatPixels } from './gradientRemedies'
import { normalizeBatch } from './normalizeBatch'
import { toBorders, toPair } from './shapes'

/** How a layer is applied. */
interface LayerCall {
  /** True where dropout thins out and batch normalisation uses the batch's own statistics. */
  readonly training: boolean
  /** True where the batch's statistics enter the moving averages. */
  readonly updateStatistics: boolean
  /** What a dropout layer multiplies its input by: 0 or 1 / (1 − rate), of its input's shape. */
  readonly mask: tf.Tensor | undefined
}

/** A tfjs layer, and how to apply it where tfjs' own way does not do. */
export interface LayerOperation {
  readonly layer: tfl.layers.Layer
  readonly apply: (inputs: readonly [tf.Tensor, ...tf.Tensor[]], call: LayerCall) => tf.Tensor
}

/** A tfjs layer applied in tfjs' way. */
const plain = (layer: tfl.layers.Layer): LayerOperation => ({
  layer,
  apply: (inputs) => {
    const output = layer.apply(inputs.length === 1 ? inputs[0] : [...inputs])
    if (!(output instanceof tf.Tensor)) {
      throw new Error(`${layer.name}: expected one tensor, got something else`)
    }
    return output
  }
})

// Weights get their values from initialState; zeros cost nothing.
const zeroKernel = { kernelInitializer: 'zeros', biasInitializer: 'zeros' } as const
const zeroSeparable = { depthwiseInitializer: 'zeros', biasInitializer: 'zeros' } as const
const zeroAffine = { gammaInitializer: 'zeros', betaInitializer: 'zeros' } as const

type TfjsActivation = Parameters<typeof tfl.layers.activation>[0]['activation']

/** tfjs knows all of them by these names; its types leave three out. */
const activationOf = (activation: Activation): TfjsActivation => activation as TfjsActivation

const pairOf = (value: number | readonly [number, number]): [number, number] => [...toPair(value)]

function bordersOf(value: Parameters<typeof toBorders>[0]): [[number, number], [number, number]] {
  const [vertical, horizontal] = toBorders(value)
  return [[...vertical], [...horizontal]]
}

/** Fields that all convolutions share, for tfjs. */
function slidingFields(spec: LayerOf<'Conv2D' | 'Conv2DTranspose' | 'DepthwiseConv2D' | 'SeparableConv2D'>) {
  const { padding, useBias } = spec
  const activation = activationOf(spec.activation)
  return { kernelSize: pairOf(spec.kernelSize), strides: pairOf(spec.strides), padding, useBias, activation }
}

function poolingFields({ poolSize, strides, padding }: LayerOf<'AveragePooling2D' | 'MaxPooling2D'>) {
  return { poolSize: pairOf(poolSize), strides: pairOf(strides ?? poolSize), padding }
}

function variableOf(layer: tfl.layers.Layer, name: string): tf.Variable | undefined {
  const variable = layer.weights.find(({ originalName }) => originalName === name)?.read()
  return variable instanceof tf.Variable ? variable : undefined
}

/** average ← momentum · average + (1 − momentum) · value */
function follow(average: tf.Variable, value: tf.Tensor, momentum: number): void {
  average.assign(tf.add(tf.mul(average, momentum), tf.mul(value, 1 - momentum)))
}

/**
 * Normalises by the batch's own mean and variance in training, and by the moving averages otherwise. tfjs' layer always
 * moves the averages in training, and fails without γ or β.
 */
function batchNormalization(spec: LayerOf<'BatchNormalization'>): LayerOperation {
  const { center, scale, epsilon, momentum } = spec
  const layer = tfl.layers.batchNormalization({
    center,
    scale,
    epsilon,
    momentum,
    ...zeroAffine,
    movingVarianceInitializer: 'zeros'
  })
  return {
    layer,
    apply: ([x], { training, updateStatistics }) => {
      const movingMean = variableOf(layer, 'moving_mean')!
      const movingVariance = variableOf(layer, 'moving_variance')!
      const gamma = variableOf(layer, 'gamma') ?? tf.ones(movingMean.shape)
      const beta = variableOf(layer, 'beta') ?? tf.zeros(movingMean.shape)
      if (!training) {
        return tf.batchNorm(x, movingMean, movingVariance, beta, gamma, epsilon)
      }
      const { output, mean, variance } = normalizeBatch(x, gamma, beta, epsilon)
      if (updateStatistics) {
        follow(movingMean, mean, momentum)
        follow(movingVariance, variance, momentum)
      }
      return output
    }
  }
}

/** Multiplies by a given mask: tf.random* would be frozen by tracing and could not be resumed. */
function dropout({ rate }: LayerOf<'Dropout'>): LayerOperation {
  const layer = tfl.layers.dropout({ rate })
  return {
    layer,
    apply: ([x], { training, mask }) => {
      if (!training || rate === 0) {
        return x
      }
      if (mask === undefined) {
        throw new Error('dropout: expected a mask in training, got none')
      }
      return tf.mul(x, mask)
    }
  }
}

/** The convolution with a kernel that is spread out, where it is dilated. */
function convolution(spec: LayerOf<'Conv2D'>): LayerOperation {
  const { filters, padding } = spec
  const dilationRate = pairOf(spec.dilationRate)
  const layer = tfl.layers.conv2d({ ...slidingFields(spec), filters, dilationRate, ...zeroKernel })
  if (Math.max(...dilationRate) === 1) {
    return plain(layer)
  }
  const activation = plain(tfl.layers.activation({ activation: activationOf(spec.activation) }))
  return {
    layer,
    apply: ([x], call) => {
      const kernel = dilateKernel(variableOf(layer, 'kernel')!, dilationRate)
      const bias = variableOf(layer, 'bias')
      const y = tf.conv2d(asMaps(x), kernel, 1, padding)
      return activation.apply([bias === undefined ? y : tf.add(y, bias)], call)
    }
  }
}

function upSampling({ size, interpolation }: LayerOf<'UpSampling2D'>): LayerOperation {
  const layer = tfl.layers.upSampling2d({ size: pairOf(size), interpolation })
  return interpolation === 'bilinear' ? plain(layer) : { layer, apply: ([x]) => repeatPixels(x, pairOf(size)) }
}

function averagePooling(spec: LayerOf<'AveragePooling2D'>): LayerOperation {
  const fields = poolingFields(spec)
  const layer = tfl.layers.averagePooling2d(fields)
  return fields.padding === 'valid'
    ? plain(layer)
    : { layer, apply: ([x]) => averagePoolSame(x, fields.poolSize, fields.strides) }
}

/** x for x > 0, α·(eˣ − 1) otherwise; tfjs' layer knows α = 1 only. */
function elu({ alpha }: LayerOf<'ELU'>): LayerOperation {
  return {
    layer: tfl.layers.elu(),
    apply: ([x]) => {
      const positive = tf.relu(x)
      return tf.add(positive, tf.mul(alpha, tf.sub(tf.elu(x), positive)))
    }
  }
}

const operations: { readonly [Type in LayerType]: (spec: LayerOf<Type>) => LayerOperation } = {
  Dense: ({ units, useBias, activation }) =>
    plain(tfl.layers.dense({ units, useBias, activation: activationOf(activation), ...zeroKernel })),
  Conv2D: convolution,
  Conv2DTranspose: (spec) =>
    plain(tfl.layers.conv2dTranspose({ ...slidingFields(spec), filters: spec.filters, ...zeroKernel })),
  DepthwiseConv2D: (spec) => {
    const { depthMultiplier } = spec
    return plain(tfl.layers.depthwiseConv2d({ ...slidingFields(spec), depthMultiplier, ...zeroSeparable }))
  },
  SeparableConv2D: (spec) => {
    const { filters, depthMultiplier } = spec
    return plain(tfl.layers.separableConv2d({ ...slidingFields(spec), filters, depthMultiplier, ...zeroSeparable }))
  },
  BatchNormalization: batchNormalization,
  LayerNormalization: ({ center, scale, epsilon }) =>
    plain(tfl.layers.layerNormalization({ center, scale, epsilon, ...zeroAffine })),
  Dropout: dropout,
  UpSampling2D: upSampling,
  AveragePooling2D: averagePooling,
  MaxPooling2D: (spec) => plain(tfl.layers.maxPooling2d(poolingFields(spec))),
  GlobalAveragePooling2D: () => plain(tfl.layers.globalAveragePooling2d({})),
  Embedding: ({ inputDim, outputDim }) =>
    plain(tfl.layers.embedding({ inputDim, outputDim, embeddingsInitializer: 'zeros' })),
  Concatenate: ({ axis }) => plain(tfl.layers.concatenate({ axis })),
  Add: () => plain(tfl.layers.add()),
  Multiply: () => plain(tfl.layers.multiply()),
  Activation: ({ activation }) => plain(tfl.layers.activation({ activation: activationOf(activation) })),
  ReLU: ({ maxValue }) => plain(tfl.layers.reLU(maxValue === undefined ? {} : { maxValue })),
  LeakyReLU: ({ alpha }) => plain(tfl.layers.leakyReLU({ alpha })),
  PReLU: ({ sharedAxes }) =>
    plain(tfl.layers.prelu({ alphaInitializer: 'zeros', ...(sharedAxes === undefined ? {} : { sharedAxes }) })),
  ELU: elu,
  Flatten: () => ({
    // tfjs' layer refuses what is flat already; Keras does not.
    layer: tfl.layers.flatten(),
    apply: ([x]) => tf.reshape(x, [x.shape[0]!, -1])
  }),
  Reshape: ({ targetShape }) => plain(tfl.layers.reshape({ targetShape: [...targetShape] })),
  Permute: ({ dims }) => plain(tfl.layers.permute({ dims: [...dims] })),
  ZeroPadding2D: ({ padding }) => plain(tfl.layers.zeroPadding2d({ padding: bordersOf(padding) })),
  Cropping2D: ({ cropping }) => plain(tfl.layers.cropping2D({ cropping: bordersOf(cropping) }))
}

/** The tfjs layer for these fields, not yet built. */
export const layerOperation = (spec: LayerSpec): LayerOperation => dispatch('type', operations, spec)
