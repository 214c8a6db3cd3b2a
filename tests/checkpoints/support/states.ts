import type { CheckpointContents } from '../../../src/main/checkpoints/writeCheckpoint'
import type { RetentionRule } from '../../../src/shared/checkpoints/retention'
import { Random } from '../../../src/shared/random/random'
import { float32, type HostTensor, sizeOf } from '../../../src/shared/tensor'
import { smallConfiguration } from './configuration'

/** A tensor of normally distributed numbers. */
const randomTensor = (random: Random, shape: readonly number[]): HostTensor =>
  float32(random.normals(sizeOf(shape)), shape)

/** A small state with tensors in all four parts; another seed, other numbers. */
export function smallState(seed: number): Map<string, HostTensor> {
  const random = new Random(seed, 'initialWeights')
  const names = ['generator/dense/kernel', 'discriminator/conv/kernel', 'ema/dense/kernel', 'optimizer/dense/rms']
  const state = new Map(names.map((name) => [name, randomTensor(random, [3, 5])]))
  state.set('generator/dense/bias', randomTensor(random, [7]))
  state.set('optimizer/iteration', { dtype: 'int32', shape: [], data: Int32Array.of(seed) })
  return state
}

/** What a trainer would save at a step. */
export const contentsAt = (step: number, state = smallState(step)): CheckpointContents => ({
  step,
  kimg: step / 10,
  state,
  metrics: {
    step,
    kimg: step / 10,
    seconds: 12.5,
    'loss/d': 0.7,
    'loss/g': Number.NaN,
    'score/real': 0.5,
    'score/fake': 0.5
  },
  configuration: smallConfiguration(),
  engine: 'cpu',
  versions: { kwiat: '0.1.0' }
})

/** The rule that keeps the newest `count` and the single best one. */
export const keeping = (count: number): RetentionRule => ({
  keepCheckpoints: count,
  keepBest: 1,
  keepBestBy: 'swd',
  keepInterval: 0
})
