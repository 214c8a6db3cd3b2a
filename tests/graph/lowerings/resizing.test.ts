import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers' // registers the gradients
import { describe, expect, it } from 'vitest'
import { createOrtEngine } from '../../../src/main/engine/ort/ortEngine'
import type { Program } from '../../../src/main/step/program'
import { Random } from '../../../src/shared/random/random'
import type { TensorData } from '../../../src/shared/tensor'
import { normal, rank4 } from '../../support/parity'

const dot = (a: TensorData, b: TensorData): number => Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)

const from = [3, 5, 4, 2]
const to = [3, 8, 10, 2]

const resize = (method: 'resizeBilinear' | 'resizeNearestNeighbor'): Program<'x' | 'dy', 'y' | 'dx'> => ({
  name: method,
  inputs: { x: { dtype: 'float32', shape: from }, dy: { dtype: 'float32', shape: to } },
  variables: new Map(),
  outputs: ['y', 'dx'],
  run: ({ x, dy }) => {
    const run = (pictures: tf.Tensor) => tf.image[method](rank4(pictures), [8, 10])
    return { y: run(x), dx: tf.grad(run)(x, dy) }
  }
})

describe('resizing', () => {
  // Resizing is linear, so its gradient is its adjoint: ⟨y, dy⟩ = ⟨x, dx⟩. Pictures of several in a batch and of unequal
  // sides, of which tfjs' JavaScript backend makes something else.
  it.each(['resizeBilinear', 'resizeNearestNeighbor'] as const)('%s has its adjoint as gradient', async (method) => {
    const random = new Random(1, 'generate')
    const [x, dy] = [normal(...from)(random), normal(...to)(random)]
    const engine = createOrtEngine({ threads: 1 })
    const program = await engine.prepare(resize(method))
    const outputs = await program.run(await engine.createState(new Map()), { x, dy })
    expect(outputs.dx.shape).toEqual(from)
    expect(dot(outputs.y.data, dy.data)).toBeCloseTo(dot(x.data, outputs.dx.data), 3)
  })
})
