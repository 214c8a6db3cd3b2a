import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { createGradientPenalty } from '../../src/main/step/gradientPenalty'
import { registerGradients } from '../../src/main/step/gradients'
import { lossConfigurationSchema } from '../../src/shared/config/runConfiguration'

beforeAll(() => {
  useHostBackend()
  registerGradients()
})

const penaltyOf = (fields: object) => createGradientPenalty(lossConfigurationSchema.parse(fields))

/** Two pictures of 1×2 pixels and one channel. */
const pictures = (...pixels: number[]) => tf.tensor(pixels, [2, 1, 2, 1])
/** D(x) = x₁² + 3·x₂, whose gradient is (2·x₁, 3). */
const judge = (x: tf.Tensor): tf.Tensor => {
  const [first, second] = tf.split(tf.reshape(x, [2, 2]), 2, 1)
  return tf.add(tf.square(first!), tf.mul(second!, 3))
}
const real = () => pictures(1, 0, 2, 0)
const fake = () => pictures(0, 5, -2, 7)

it('R1 is γ/2 times the mean squared gradient at real pictures', () => {
  const value = penaltyOf({ gradientPenalty: 'r1', penaltyWeight: 4 })!({
    judge,
    real: real(),
    fake: fake(),
    mix: undefined
  })
  expect(value.dataSync()[0]).toBeCloseTo(2 * ((4 + 9 + (16 + 9)) / 2), 5)
})

it('WGAN-GP is λ times the mean squared distance of the gradient’s length from 1, between real and generated pictures', () => {
  const mix = tf.tensor([0.5, 0.25], [2, 1, 1, 1])
  const value = penaltyOf({ gradientPenalty: 'wgan-gp', penaltyWeight: 10 })!({
    judge,
    real: real(),
    fake: fake(),
    mix
  })
  // x₁ is 0.5 between 0 and 1, and −1 a quarter of the way from −2 to 2.
  const lengths = [Math.hypot(1, 3), Math.hypot(-2, 3)]
  const expected = (10 * lengths.reduce((sum, length) => sum + (length - 1) ** 2, 0)) / 2
  expect(value.dataSync()[0]).toBeCloseTo(expected, 3)
})

it('there is none without a kind or a weight', () => {
  expect(penaltyOf({})).toBeNull()
  expect(penaltyOf({ gradientPenalty: 'r1', penaltyWeight: 0 })).toBeNull()
})
