import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyzeNetwork } from '../../src/main/model/analysis'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { buildNetwork, forward, type Network } from '../../src/main/model/network'
import { type Activation, layerSchema } from '../../src/shared/architecture/layers'
import { Random } from '../../src/shared/random/random'
import { keysOf } from '../../src/shared/records'
import { sizeOf } from '../../src/shared/tensor'

const maps = [4, 4, 2]

function build(layer: object): Network {
  const specs = [layerSchema.parse(layer)]
  return buildNetwork('generator', analyzeNetwork('generator', specs, new Map([['input', maps]])))
}

const normals = (shape: readonly number[], index: number) =>
  tf.tensor(new Random(3, 'generate', index).normals(sizeOf(shape)), [...shape])

const numberIn = (scalar: tf.Tensor): number => scalar.dataSync()[0]!

const difference = 1e-2

/**
 * Compares the derivative along a random direction, ⟨∇f, d⟩, with (f(p + εd) − f(p − εd)) / 2ε, for f a random weighting
 * of the layer's outputs and p its input and all its weights at once.
 */
function checkGradients(layer: object): void {
  const network = build(layer)
  const weights = network.trainable.map((name) => network.variables.get(name)!)
  const input = tf.variable(normals([3, ...maps], 0))
  const places = [input, ...weights]
  weights.forEach((weight, i) => {
    weight.assign(normals(weight.shape, 10 + i))
  })
  const weighting = normals([3, ...network.analysis.outputShape], 1)
  const f = (): tf.Scalar => tf.sum<tf.Scalar>(tf.mul(forward(network, { input }, { training: true }), weighting))
  const { grads } = tf.variableGrads(f, places)
  const directions = places.map((place, i) => normals(place.shape, 20 + i))
  const along = places.reduce((sum, { name }, i) => sum + numberIn(tf.sum(tf.mul(grads[name]!, directions[i]!))), 0)
  const sizes = places.map(({ name }, i) => numberIn(tf.norm(grads[name]!)) * numberIn(tf.norm(directions[i]!)))
  const move = (by: number) => {
    places.forEach((place, i) => {
      place.assign(tf.add(place, tf.mul(directions[i]!, by)))
    })
    return numberIn(f())
  }
  const above = move(difference)
  const below = move(-2 * difference)
  expect(Math.abs((above - below) / (2 * difference) - along)).toBeLessThan(0.01 * Math.hypot(...sizes))
}

const kernel = { filters: 3, kernelSize: 3 }

const layers: readonly (readonly [string, object])[] = [
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

const activations: { readonly [Name in Activation]: true } = {
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

describe('gradients of input and weights agree with finite differences', () => {
  beforeAll(useHostBackend)

  it.each(layers)('%s %j', (type, fields) => {
    checkGradients({ type, ...fields })
  })

  it.each(keysOf(activations))('activation %s', (activation) => {
    checkGradients({ type: 'Activation', activation })
  })
})
