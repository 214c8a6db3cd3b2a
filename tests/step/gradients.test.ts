import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { registerGradients } from '../../src/main/step/gradients'
import { Random } from '../../src/shared/random/random'
import { expectParity, normal, rank1, rank4, uniform } from '../support/parity'

registerGradients()

const random = new Random(3, 'generate')
const constantOf = (...shape: number[]) => {
  const { data } = normal(...shape)(random)
  return () => tf.tensor(data, shape)
}

const filter = constantOf(3, 3, 2, 2)
const channels = constantOf(2)
const picture = [1, 4, 4, 2]

interface Case {
  readonly name: string
  readonly shape: readonly number[]
  readonly run: (x: tf.Tensor) => tf.Tensor
}

const pictures = (name: string, run: Case['run']): Case => ({ name, shape: picture, run })
const rows = (name: string, run: Case['run']): Case => ({ name, shape: [3, 4], run })

const cases: readonly Case[] = [
  rows('tanh', tf.tanh),
  rows('sigmoid', tf.sigmoid),
  rows('softplus', tf.softplus),
  rows('exp', tf.exp),
  rows('elu', tf.elu),
  rows('selu', (x) => tf.selu(x)),
  rows('swish', (x) => tf.mul(x, tf.sigmoid(x))),
  rows('softmax', (x) => tf.softmax(x)),
  rows('pow of and by what depends on x', (x) => tf.pow(tf.softplus(x), tf.tanh(x))),
  rows('leakyRelu of tanh', (x) => tf.leakyRelu(tf.tanh(x), 0.3)),
  rows('relu of a square', (x) => tf.relu(tf.sub(tf.square(x), 0.5))),
  rows('prelu', (x) => tf.prelu(tf.square(x), tf.sin(x))),
  rows('clipByValue', (x) => tf.clipByValue(tf.mul(x, tf.square(x)), -0.5, 0.7)),
  rows('max', (x) => tf.max(tf.square(x), 1)),
  rows('where and logic', (x) => tf.where(tf.logicalAnd(tf.greater(x, 0), tf.notEqual(x, 1)), tf.square(x), tf.sin(x))),
  rows('tile', (x) => tf.square(tf.tile(tf.square(x), [2, 3]))),
  pictures('conv2d', (x) => tf.square(tf.conv2d(rank4(x), rank4(filter()), 2, 'same'))),
  pictures('depthwiseConv2d', (x) => tf.square(tf.depthwiseConv2d(rank4(x), rank4(filter()), 1, 'same'))),
  pictures('avgPool', (x) => tf.square(tf.avgPool(rank4(x), 2, 2, 'valid'))),
  pictures('maxPool', (x) => tf.square(tf.maxPool(rank4(x), 3, 2, 'same'))),
  pictures('resizeBilinear', (x) => tf.square(tf.image.resizeBilinear(rank4(x), [7, 7]))),
  pictures('resizeNearestNeighbor', (x) => tf.square(tf.image.resizeNearestNeighbor(rank4(x), [8, 8]))),
  pictures('batchNorm', (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2])
    return tf.square(tf.batchNorm(x, rank1(mean), rank1(variance), rank1(channels()), rank1(channels())))
  })
]

/** Σ (∂/∂x Σ w·run(x))²: what R1 penalises, with weights that differ from output to output. */
function penalty(run: Case['run'], x: tf.Tensor): tf.Tensor {
  const weighted = (input: tf.Tensor): tf.Tensor => {
    const y = run(input)
    return tf.sum(tf.mul(y, tf.reshape(tf.linspace(0.5, 1.5, y.size), y.shape)))
  }
  return tf.sum(tf.square(tf.grad(weighted)(x)))
}

/** Largest difference of the penalty's gradient from central differences of the penalty, relative to the largest. */
function differenceFromFinite({ run, shape }: Case): number {
  // Away from 0, where relu and its kin have no second derivative.
  const data = uniform(0.3, 1, ...shape)(random).data.map((value, i) => (i % 2 === 0 ? value : -value))
  const at = (i: number, step: number): number =>
    tf.tidy(() => {
      const moved = data.map((value, j) => (j === i ? value + step : value))
      return penalty(run, tf.tensor(moved, [...shape])).dataSync()[0]!
    })
  const gradient = tf.tidy(() =>
    tf
      .grad((x) => penalty(run, x))(tf.tensor(data, [...shape]))
      .dataSync()
  )
  const step = 4e-3
  const finite = Array.from(gradient, (_, i) => (at(i, step) - at(i, -step)) / (2 * step))
  const scale = Math.max(...finite.map(Math.abs))
  return Math.max(...finite.map((value, i) => Math.abs(value - gradient[i]!))) / scale
}

describe('the gradient of a gradient', () => {
  it.each(cases)('agrees with finite differences: $name', async (one) => {
    await tf.setBackend('cpu')
    expect(differenceFromFinite(one)).toBeLessThan(1e-2)
  })

  it.each(cases)('is the same compiled: $name', async ({ name, shape, run }) => {
    await expectParity(name, (x) => penalty(run, x), [normal(...shape)(new Random(4, 'generate'))])
  })
})
