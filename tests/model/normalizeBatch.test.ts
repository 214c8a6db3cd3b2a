import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers' // registers the gradients
import { beforeAll, describe, expect, it } from 'vitest'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { normalizeBatch } from '../../src/main/model/normalizeBatch'
import { Random } from '../../src/shared/random/random'
import { sizeOf } from '../../src/shared/tensor'

const epsilon = 0.01

const normals = (shape: readonly number[], index: number, mean = 0) =>
  tf.tensor(new Random(1, 'generate', index).normals(sizeOf(shape), mean), [...shape])

/** The same through tfjs' own moments and batchNorm, whose gradients tfjs derives. */
function reference(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis)
  const { mean, variance } = tf.moments(x, axes)
  return tf.batchNorm(x, mean, variance, beta, gamma, epsilon)
}

const ours = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => normalizeBatch(x, gamma, beta, epsilon).output

function expectSame(actual: tf.Tensor, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape)
  const largest = tf.max(tf.abs(expected)).dataSync()[0]!
  expect(tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]! / largest).toBeLessThan(1e-5)
}

describe('normalizeBatch', () => {
  beforeAll(useHostBackend)

  it.each([[[6, 3]], [[4, 5, 5, 3]]])('agrees with tfjs on value and gradients for %j', (shape) => {
    const [x, gamma, beta, weight] = [normals(shape, 0, 2), normals([3], 1), normals([3], 2), normals(shape, 3)]
    expectSame(ours(x!, gamma!, beta!), reference(x!, gamma!, beta!))
    const gradientsOf = (normalize: typeof ours) =>
      tf.grads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.sum(tf.mul(tf.sin(normalize(a, b, c)), weight!)))([
        x!,
        gamma!,
        beta!
      ])
    const expected = gradientsOf(reference)
    gradientsOf(ours).forEach((gradient, i) => {
      expectSame(gradient, expected[i]!)
    })
  })

  it('gives the batch’s mean and biased variance', () => {
    const { mean, variance } = normalizeBatch(tf.tensor([1, 3, 2, 6], [2, 2]), tf.ones([2]), tf.zeros([2]), epsilon)
    expect([...mean.dataSync()]).toEqual([1.5, 4.5])
    expect([...variance.dataSync()]).toEqual([0.25, 2.25])
  })

  it('refuses a gradient of its gradient instead of giving a wrong one', () => {
    const first = tf.grad((x: tf.Tensor) => tf.sum(tf.square(ours(x, tf.ones([3]), tf.zeros([3])))))
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.square(first(x))))
    expect(() => second(normals([4, 3], 0))).toThrow('a gradient of first order')
  })
})
