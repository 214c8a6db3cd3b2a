import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers' // registers the gradients
import { describe, expect, it } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { compile } from '../../src/main/graph/compile'
import { printGraph } from '../../src/main/graph/ir/print'
import type { Program } from '../../src/main/step/program'
import { float32, type HostTensor } from '../../src/shared/tensor'

const weight = tf.variable(
  tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6]
  ]),
  true,
  'weight'
)

const descend: Program<'x', 'loss'> = {
  name: 'descend',
  inputs: { x: { dtype: 'float32', shape: [2, 3] } },
  variables: new Map([['weight', weight]]),
  outputs: ['loss'],
  run: ({ x }) => {
    const { value, grads } = tf.variableGrads(
      () => tf.sum(tf.tanh(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D))),
      [weight]
    )
    weight.assign(tf.sub(weight, tf.mul(grads.weight!, 0.1)))
    return { loss: value }
  }
}

const x = float32(Float32Array.of(0.1, -0.2, 0.3, 0.05, 0.02, -0.4), [2, 3])

async function threeSteps(engine: ReturnType<typeof createOrtEngine>): Promise<HostTensor[]> {
  const program = await engine.prepare(descend)
  const state = await engine.createState(new Map([['weight', float32(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2])]]))
  const losses: HostTensor[] = []
  for (let i = 0; i < 3; i++) {
    losses.push((await program.run(state, { x })).loss)
  }
  return [...losses, ...(await state.read()).values()]
}

describe('compile', () => {
  it('gives the same losses and weights as the eager engine over three descending steps', async () => {
    await tf.setBackend('cpu')
    const eager = await threeSteps(createEagerEngine(javaScriptBackend))
    const compiled = await threeSteps(createOrtEngine({ threads: 1 }))
    expect(compiled.map(({ shape }) => shape)).toEqual(eager.map(({ shape }) => shape))
    eager.forEach(({ data }, i) => {
      data.forEach((element, j) => {
        expect(compiled[i]!.data[j]).toBeCloseTo(element, 5)
      })
    })
  })
})

describe('the graph of a compiled step', () => {
  it('holds the forward pass, the gradient and the assignment, and nothing else', () => {
    const { graph } = compile(descend, { target: 'cpu', currentLayer: () => undefined })
    // loss = Σ tanh(x·w); dw = xᵀ·(1 − tanh²); w ← w − 0.1·dw
    expect(printGraph(graph).split('\n')).toEqual([
      '%0 = input weight : float32[3,2]',
      '%1 = input x : float32[2,3]',
      '%2 = Gemm %1 %0 transA=false transB=false alpha=1 beta=1 : float32[2,2]  # BatchMatMul',
      '%3 = Tanh %2 : float32[2,2]  # Tanh',
      '%4 = ReduceSum %3 axes=[0,1] keepDims=false : float32[]  # Sum',
      '%5 = constant 1 : float32[]',
      '%6 = Mul %3 %3 : float32[2,2]  # Square',
      '%7 = Sub %5 %6 : float32[2,2]  # Sub',
      '%8 = Gemm %1 %7 transA=true transB=false alpha=1 beta=1 : float32[3,2]  # BatchMatMul',
      '%9 = constant 0.1 : float32[]',
      '%10 = Mul %8 %9 : float32[3,2]  # Multiply',
      '%11 = Sub %0 %10 : float32[3,2]  # Sub',
      'output loss = %4',
      'output next weight = %11'
    ])
  })
})
