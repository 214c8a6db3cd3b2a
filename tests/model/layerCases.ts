import { analyzeNetwork } from '../../src/main/model/analysis'
import { buildNetwork, type Network } from '../../src/main/model/network'
import { type Activation, layerSchema } from '../../src/shared/architecture/layers'
import { keysOf } from '../../src/shared/records'

/** Shape of the input of the layers below, without the batch dimension. */
export const maps = [4, 4, 2]

/** A network of this layer alone. */
export function buildLayer(layer: object): Network {
  const specs = [layerSchema.parse(layer)]
  return buildNetwork('generator', analyzeNetwork('generator', specs, new Map([['input', maps]])))
}

const kernel = { filters: 3, kernelSize: 3 }

/** Layers that a gradient passes, by type and other fields. */
export const layers: readonly (readonly [string, object])[] = [
  ['Dense', { units: 3 }],
  ['Conv2D', { ...kernel, strides: 2, padding: 'same' }],
  ['Conv2D', { filters: 3, kernelSize: 2, dilationRate: 2, activation: 'tanh' }],
  ['Conv2DTranspose', { ...kernel, strides: 2, padding: 'same' }],
  ['Conv2DTranspose', kernel],
  ['DepthwiseConv2D', { kernelSize: 3, strides: 2, depthMultiplier: 2 }],
  ['SeparableConv2D', { ...kernel, padding: 'same' }],
  ['BatchNormalization', {}],
  ['BatchNormalization', { center: false, scale: false }],
  ['LayerNormalization', {}],
  ['UpSampling2D', {}],
  ['UpSampling2D', { interpolation: 'bilinear' }],
  ['AveragePooling2D', { poolSize: 3, strides: 2, padding: 'same' }],
  ['AveragePooling2D', { poolSize: 3, strides: 1 }],
  ['MaxPooling2D', { poolSize: 3, strides: 1, padding: 'same' }],
  ['GlobalAveragePooling2D', {}],
  ['Concatenate', { inputs: ['input', 'input'], axis: 1 }],
  ['Add', { inputs: ['input', 'input'] }],
  ['Multiply', { inputs: ['input', 'input'] }],
  ['ReLU', { maxValue: 1 }],
  ['LeakyReLU', {}],
  ['PReLU', { sharedAxes: [1, 2] }],
  ['ELU', { alpha: 0.5 }],
  ['Flatten', {}],
  ['Reshape', { targetShape: [8, 4] }],
  ['Permute', { dims: [2, 3, 1] }],
  ['ZeroPadding2D', {}],
  ['Cropping2D', { cropping: 1 }]
]

const allActivations: { readonly [Name in Activation]: true } = {
  linear: true,
  relu: true,
  relu6: true,
  elu: true,
  selu: true,
  sigmoid: true,
  hardSigmoid: true,
  softmax: true,
  logSoftmax: true,
  softplus: true,
  softsign: true,
  tanh: true,
  swish: true,
  mish: true,
  gelu: true,
  gelu_new: true
}

export const activations: readonly Activation[] = keysOf(allActivations)
