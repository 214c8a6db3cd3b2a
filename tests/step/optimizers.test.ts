import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { createOptimizer } from '../../src/main/step/optimizers'
import { optimizerSchema } from '../../src/shared/config/optimizer'

beforeAll(useHostBackend)

/** The parameter after each of the updates with these gradients, from 1 and empty slots. */
function trajectory(fields: object, gradients: readonly number[]): readonly number[] {
  const optimizer = createOptimizer(optimizerSchema.parse(fields))
  let parameter: tf.Tensor = tf.tensor([1])
  let slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, tf.zeros([1]) as tf.Tensor]))
  return gradients.map((gradient, iteration) => {
    const next = optimizer.update(parameter, tf.tensor([gradient]), slots, tf.scalar(optimizer.rate(iteration)))
    parameter = next.parameter
    slots = { ...next.slots }
    return parameter.dataSync()[0]!
  })
}

function expectTrajectory(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 5)
  })
}

// Expected values are worked out step by step from the formulas in Keras' documentation.
describe('rmsprop', () => {
  it('divides by √a + ε, the ε outside of the root', () => {
    // ρ = 0.5: a = 2, 1 + 0.5 = 1.5, 0.75 + 8 = 8.75 for gradients 2, 1, −4; rate 0.1, ε = 0.5.
    const p1 = 1 - (0.1 * 2) / (Math.sqrt(2) + 0.5)
    const p2 = p1 - 0.1 / (Math.sqrt(1.5) + 0.5)
    const p3 = p2 + (0.1 * 4) / (Math.sqrt(8.75) + 0.5)
    const fields = { kind: 'rmsprop', learningRate: 0.1, rho: 0.5, epsilon: 0.5 }
    expectTrajectory(trajectory(fields, [2, 1, -4]), [p1, p2, p3])
  })

  it('gathers the steps with momentum', () => {
    // Steps 0.2/√2, 0.1/√1.5, −0.4/√8.75 (ε negligible); m ← 0.9·m + step.
    const m1 = 0.2 / Math.sqrt(2)
    const m2 = 0.9 * m1 + 0.1 / Math.sqrt(1.5)
    const m3 = 0.9 * m2 - 0.4 / Math.sqrt(8.75)
    const fields = { kind: 'rmsprop', learningRate: 0.1, rho: 0.5, momentum: 0.9 }
    expectTrajectory(trajectory(fields, [2, 1, -4]), [1 - m1, 1 - m1 - m2, 1 - m1 - m2 - m3])
  })
})

describe('adam', () => {
  it('corrects the bias in the rate and adds ε to the uncorrected root', () => {
    // β₁ = 0.5, β₂ = 0.75, ε = 0.1. Gradients 2, 1, −4:
    // m = 1, 1, −1.5; v = 1, 1, 4.75;
    // corrections √(1 − 0.75ᵗ)/(1 − 0.5ᵗ) = 0.5/0.5, √0.4375/0.75, √0.578125/0.875.
    const p1 = 1 - (0.1 * 1 * 1) / (1 + 0.1)
    const p2 = p1 - (0.1 * (Math.sqrt(0.4375) / 0.75) * 1) / (1 + 0.1)
    const p3 = p2 + (0.1 * (Math.sqrt(0.578125) / 0.875) * 1.5) / (Math.sqrt(4.75) + 0.1)
    const fields = { kind: 'adam', learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 0.1 }
    expectTrajectory(trajectory(fields, [2, 1, -4]), [p1, p2, p3])
  })
})

describe('sgd', () => {
  it('goes straight against the gradient without momentum', () => {
    expectTrajectory(trajectory({ kind: 'sgd', learningRate: 0.1 }, [2, 1, -4]), [0.8, 0.7, 1.1])
  })

  it('keeps its velocity with momentum', () => {
    // v = −0.2, −0.18 − 0.1 = −0.28, −0.252 + 0.4 = 0.148
    const fields = { kind: 'sgd', learningRate: 0.1, momentum: 0.9 }
    expectTrajectory(trajectory(fields, [2, 1, -4]), [0.8, 0.52, 0.668])
  })

  it('looks ahead with Nesterov: p + μ·v − rate·g', () => {
    // 1 − 0.18 − 0.2; then + 0.9·(−0.28) − 0.1; then + 0.9·0.148 + 0.4
    const fields = { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true }
    expectTrajectory(trajectory(fields, [2, 1, -4]), [0.62, 0.268, 0.8012])
  })
})

describe('every optimiser', () => {
  it('lowers its rate to learningRate / (1 + decay · t)', () => {
    const { rate } = createOptimizer(optimizerSchema.parse({ kind: 'sgd', learningRate: 0.75, decay: 0.5 }))
    expect([0, 1, 4].map(rate)).toEqual([0.75, 0.5, 0.25])
  })

  it('lets its rate grow from learningRate / warmup to its full size, and lowers it all the same', () => {
    const rateOf = (fields: object) => createOptimizer(optimizerSchema.parse({ kind: 'rmsprop', ...fields })).rate
    expect([0, 1, 3, 4].map(rateOf({ learningRate: 0.8, warmup: 4 }))).toEqual([0.2, 0.4, 0.8, 0.8])
    expect([0, 1].map(rateOf({ learningRate: 0.8, warmup: 4, decay: 1 }))).toEqual([0.2, 0.2])
  })

  it('cuts each element of a gradient at clipValue', () => {
    const optimizer = createOptimizer(optimizerSchema.parse({ kind: 'sgd', learningRate: 1, clipValue: 1 }))
    const { parameter } = optimizer.update(tf.zeros([3]), tf.tensor([0.5, 3, -3]), {}, tf.scalar(1))
    expect([...parameter.dataSync()]).toEqual([-0.5, -1, 1])
  })

  it('shrinks a gradient to the norm clipNorm and leaves a shorter one, or none, alone', () => {
    const optimizer = createOptimizer(optimizerSchema.parse({ kind: 'sgd', learningRate: 1, clipNorm: 2 }))
    const step = (gradient: number[]) =>
      optimizer.update(tf.zeros([2]), tf.tensor(gradient), {}, tf.scalar(-1)).parameter.dataSync()
    expect(step([3, 4])[0]).toBeCloseTo(1.2, 6)
    expect(step([3, 4])[1]).toBeCloseTo(1.6, 6)
    expect([...step([0.5, -1])]).toEqual([0.5, -1])
    expect([...step([0, 0])]).toEqual([0, 0])
  })

  it('clips by norm before it clips by value', () => {
    const optimizer = createOptimizer(
      optimizerSchema.parse({ kind: 'sgd', learningRate: 1, clipNorm: 5, clipValue: 3 })
    )
    const { parameter } = optimizer.update(tf.zeros([2]), tf.tensor([6, 8]), {}, tf.scalar(-1))
    expect([...parameter.dataSync()]).toEqual([3, 3])
  })
})
