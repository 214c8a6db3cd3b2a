import { describe, expect, it } from 'vitest'
import { initialState } from '../../src/main/step/initialState'
import type { TrainingOutput } from '../../src/main/step/trainingStep'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { float32 } from '../../src/shared/tensor'
import { tinyArchitecture } from '../model/tinyArchitecture'
import { descent, inputsOf, type State, tinyConfiguration, train } from './tinyRun'

/** Smooth networks: a kink would spoil the finite differences. */
const smooth = (...discriminatorStart: readonly object[]) => ({
  ...tinyArchitecture(),
  generator: tinyArchitecture().generator.filter(({ type }) => type !== 'LeakyReLU'),
  discriminator: [
    { type: 'Conv2D', filters: 2, kernelSize: 4, strides: 4, activation: 'tanh' },
    ...discriminatorStart,
    { type: 'Flatten' },
    { type: 'Dropout', rate: 0.25 },
    { type: 'Dense', units: 1 }
  ]
})

const difference = 1e-2

/** The state with one element of one tensor moved. */
function moved(state: State, name: string, element: number, by: number): State {
  const { data, shape } = state.get(name)!
  const copy = Float32Array.from(data)
  copy[element]! += by
  return new Map([...state, [name, float32(copy, shape)]])
}

/** dLoss/dWeight by central differences, and by the step of plain descent at rate 1, for one element of each weight. */
async function compare(configuration: RunConfiguration, network: string, output: TrainingOutput) {
  const state = initialState(configuration)
  const inputs = [inputsOf(configuration)]
  const after = (await train(configuration, state, inputs)).state
  const names = [...state.keys()].filter((name) => name.startsWith(`${network}/`) && !name.includes('moving_'))
  const pairs: { name: string; numeric: number; step: number }[] = []
  for (const name of names) {
    const element = state.get(name)!.data.length >> 1
    const above = await train(configuration, moved(state, name, element, difference), inputs)
    const below = await train(configuration, moved(state, name, element, -difference), inputs)
    pairs.push({
      name,
      numeric: (above.outputs[output] - below.outputs[output]) / (2 * difference),
      step: state.get(name)!.data[element]! - after.get(name)!.data[element]!
    })
  }
  return pairs
}

function expectAgreement(pairs: Awaited<ReturnType<typeof compare>>): void {
  const largest = Math.max(...pairs.map(({ numeric }) => Math.abs(numeric)))
  expect(largest).toBeGreaterThan(1e-3)
  for (const { name, numeric, step } of pairs) {
    expect(Math.abs(numeric - step), `${name}: ${numeric} by differences, ${step} by the step`).toBeLessThan(
      0.01 * largest
    )
  }
}

describe.each([
  ['the book’s convention with label noise and dropout', [], { discriminatorSays: 'generated', labelNoise: 0.3 }],
  [
    'batch normalisation in the discriminator, minimax, smoothing',
    [{ type: 'BatchNormalization' }],
    { kind: 'minimax', realTarget: 0.9 }
  ],
  ['R1 and cross-entropy', [], { gradientPenalty: 'r1', penaltyWeight: 3 }],
  [
    'R1, hinges and the book’s convention',
    [],
    { kind: 'hinge', gradientPenalty: 'r1', discriminatorSays: 'generated' }
  ],
  ['WGAN-GP', [], { kind: 'wasserstein', gradientPenalty: 'wgan-gp' }],
  ['WGAN-GP’s penalty and least squares', [], { kind: 'least-squares', gradientPenalty: 'wgan-gp', penaltyWeight: 2 }]
])('gradients with %s', (_, start, loss) => {
  it('of the discriminator’s loss are those of finite differences', async () => {
    const configuration = tinyConfiguration({ architecture: smooth(...start), loss, generatorOptimizer: descent(1e-8) })
    expectAgreement(await compare(configuration, 'discriminator', 'loss/d'))
  })

  it('of the generator’s loss are those of finite differences', async () => {
    // The discriminator hardly moves: what it would learn from other pictures is no part of the generator's gradient.
    const configuration = tinyConfiguration({
      architecture: smooth(...start),
      loss,
      discriminatorOptimizer: descent(1e-8)
    })
    expectAgreement(await compare(configuration, 'generator', 'loss/g'))
  })
})
