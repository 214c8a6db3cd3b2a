import * as tf from '@tensorflow/tfjs-core'
import { describe, it } from 'vitest'
import { Random } from '../../../src/shared/random/random'
import { type Draw, expectParity, normal, type TensorFunction } from '../../support/parity'

interface Case {
  readonly name: string
  readonly run: TensorFunction
  readonly inputs: readonly Draw[]
  /** False where tfjs has no gradient. */
  readonly gradient?: boolean
}

const convolutions: Case[] = []
for (const stride of [1, 2, 3]) {
  for (const pad of ['same', 'valid'] as const) {
    for (const [h, w, k, l] of [
      [7, 9, 3, 3],
      [8, 5, 4, 2],
      [5, 5, 1, 1],
      [6, 6, 5, 5]
    ] as const) {
      convolutions.push({
        name: `conv2d ${h}x${w} kernel ${k}x${l} stride ${stride} ${pad}`,
        run: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
        inputs: [normal(2, h, w, 3), normal(k, l, 3, 4)]
      })
    }
  }
}

describe('lowerings', () => {
  it.each(convolutions)('$name', async ({ name, run, inputs, gradient }) => {
    const random = new Random(1, 'generate')
    await expectParity(
      name,
      run,
      inputs.map((draw) => draw(random)),
      gradient
    )
  })
})
