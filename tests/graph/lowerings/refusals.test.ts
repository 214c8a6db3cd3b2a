import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { createOrtEngine } from '../../../src/main/engine/ort/ortEngine'
import { refusals } from '../../../src/main/graph/refusals'
import { lowerings } from '../../../src/main/graph/registerLowerings'
import type { Program } from '../../../src/main/step/program'

const programOf = (run: (x: tf.Tensor) => tf.Tensor): Program<'x', 'y'> => ({
  name: 'generate',
  inputs: { x: { dtype: 'float32', shape: [4] } },
  variables: new Map(),
  outputs: ['y'],
  run: ({ x }) => ({ y: run(x) })
})

const prepare = (run: (x: tf.Tensor) => tf.Tensor, layer?: string): Promise<unknown> =>
  createOrtEngine({ threads: 1, currentLayer: () => layer }).prepare(programOf(run))

describe('what the compiler refuses', () => {
  it('has a lowering or a reason, and not both, for every kernel that tfjs computes itself', () => {
    const known = [...lowerings.map(({ kernel }) => kernel), ...refusals.keys()].sort()
    const computed = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName)
    expect(known).toEqual(computed.sort())
  })

  it('names the layer, the kernel, why it is refused and what to do', async () => {
    await expect(prepare((x) => tf.unique(x).values, 'discriminator/odd')).rejects.toMatchObject({
      code: 'kernel-missing',
      message:
        'layer discriminator/odd: expected kernels that the compiler knows, got Unique, which has no lowering ' +
        '(the shape of its result depends on values, which a graph does not know); use another layer, train with the ' +
        'eager engine, or add a lowering (docs/adding-a-kernel.md).'
    })
  })

  it('names the program where no layer is applied', async () => {
    await expect(prepare((x) => tf.unique(x).values)).rejects.toMatchObject({
      message: expect.stringMatching(/^generate: expected kernels/)
    })
  })

  it('says that a step which reads values can’t be compiled', async () => {
    await expect(prepare((x) => tf.mul(x, x.dataSync()[0]!))).rejects.toMatchObject({
      code: 'step-reads-values',
      message: expect.stringMatching(
        /^generate: expected a function of tensors alone, got one that reads a tensor’s values/
      )
    })
  })
})
