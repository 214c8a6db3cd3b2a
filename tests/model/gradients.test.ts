import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { forward } from '../../src/main/model/network'
import { Random } from '../../src/shared/random/random'
import { sizeOf } from '../../src/shared/tensor'
import { activations, buildLayer, layers, maps } from './layerCases'

const normals = (shape: readonly number[], index: number) =>
  tf.tensor(new Random(3, 'generate', index).normals(sizeOf(shape)), [...shape])

const numberIn = (scalar: tf.Tensor): number => scalar.dataSync()[0]!

const difference = 1e-2

/**
 * Compares the derivative along a random direction, ⟨∇f, d⟩, with (f(p + εd) − f(p − εd)) / 2ε, for f a random weighting
 * of the layer's outputs and p its input and all its weights at once.
 */
function checkGradients(layer: object): void {
  const network = buildLayer(layer)
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

describe('gradients of input and weights agree with finite differences', () => {
  beforeAll(useHostBackend)

  it.each(layers)('%s %j', (type, fields) => {
    checkGradients({ type, ...fields })
  })

  it.each(activations)('activation %s', (activation) => {
    checkGradients({ type: 'Activation', activation })
  })
})
