import { describe, expect, it } from 'vitest'
import { createEagerEngine } from '../../src/main/engine/eager'
import type { Engine } from '../../src/main/engine/engine'
import { createOrtEngine } from '../../src/main/engine/ort'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { initialState } from '../../src/main/step/initialState'
import { createTrainingStep, trainingOutputs } from '../../src/main/step/trainingStep'
import type { LayerSpec } from '../../src/shared/architecture/layers'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { sizeOf } from '../../src/shared/tensor'
import { descent, inputsOf, tinyConfiguration } from './tinyRun'

/**
 * By how much the channels are divided: enough for tfjs' JavaScript backend, and for rounding not to push any
 * activation over the kink of a ReLU, after which two runs part for good without either being wrong.
 */
const divisors: Readonly<Record<string, number>> = {
  'chollet-32': 64,
  'dcgan-32': 32,
  'dcgan-64': 64
}

const divisorOf = (preset: string): number => divisors[preset] ?? 16

const iterations = 10

/** The layers with fewer channels; the last keeps its own, and a dense layer makes what the reshaping one needs. */
function narrow(layers: readonly LayerSpec[], divisor: number): LayerSpec[] {
  const fewer = (channels: number) => Math.max(Math.ceil(channels / divisor), 2)
  const reshaped = (shape: readonly number[]) => [...shape.slice(0, -1), fewer(shape.at(-1)!)]
  const units = layers.flatMap((layer) => (layer.type === 'Reshape' ? sizeOf(reshaped(layer.targetShape)) : []))
  return layers.map((layer, position) => {
    if (position === layers.length - 1) {
      return layer
    }
    switch (layer.type) {
      case 'Conv2D':
      case 'Conv2DTranspose':
        return { ...layer, filters: fewer(layer.filters) }
      case 'Dense':
        return { ...layer, units: units[0] ?? fewer(layer.units) }
      case 'Reshape':
        return { ...layer, targetShape: reshaped(layer.targetShape) }
      default:
        return layer
    }
  })
}

function scaledDown(name: string): RunConfiguration {
  const preset = loadPreset(name)
  const { generator, discriminator } = preset.architecture
  return {
    ...preset,
    architecture: {
      ...preset.architecture,
      generator: narrow(generator, divisorOf(name)),
      discriminator: narrow(discriminator, divisorOf(name))
    },
    schedule: { ...preset.schedule, batchSize: 2, seed: 1 }
  }
}

/** Outputs of each iteration, and the weights at the end. */
async function train(engine: Engine, configuration: RunConfiguration) {
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const executable = await engine.prepare(step)
  const state = await engine.createState(initialState(configuration))
  const outputs: number[][] = []
  for (let iteration = 0; iteration < iterations; iteration++) {
    const result = await executable.run(state, inputsOf(configuration, iteration))
    outputs.push(trainingOutputs.map((name) => result[name].data[0]!))
  }
  const tensors = await state.read()
  await executable.dispose()
  await state.dispose()
  step.dispose()
  disposeNetworks(networks)
  return { outputs, tensors }
}

/** Largest difference of two arrays, relative to the largest element. */
function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const elements = Array.from(expected)
  const scale = elements.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const most = elements.reduce((largest, value, i) => Math.max(largest, Math.abs(value - actual[i]!)), 0)
  return most === 0 ? 0 : most / scale
}

/** All outputs and weights within what `iterations` steps may add up. */
async function expectAgreement(configuration: RunConfiguration): Promise<void> {
  const engine = createOrtEngine({ threads: 1 })
  const expected = await train(createEagerEngine('cpu'), configuration)
  const actual = await train(engine, configuration)
  expected.outputs.forEach((outputs, iteration) => {
    expect(relativeDifference(actual.outputs[iteration]!, outputs), `iteration ${iteration}`).toBeLessThan(
      engine.tolerance
    )
  })
  for (const [tensor, { data }] of expected.tensors) {
    expect(relativeDifference(actual.tensors.get(tensor)!.data, data), tensor).toBeLessThan(
      iterations * engine.tolerance
    )
  }
}

describe('ten training steps, compiled, agree with tfjs', () => {
  it.each([
    ['least squares and R1', { kind: 'least-squares', gradientPenalty: 'r1' }],
    ['hinges and R1', { kind: 'hinge', gradientPenalty: 'r1', penaltyWeight: 1 }],
    ['WGAN-GP', { kind: 'wasserstein', gradientPenalty: 'wgan-gp' }]
  ])('tiny networks with %s', async (_, loss) => {
    await expectAgreement(
      tinyConfiguration({ loss, generatorOptimizer: descent(0.01), discriminatorOptimizer: descent(0.01) })
    )
  })

  it.each(presetNames)('%s with fewer channels', (name) => expectAgreement(scaledDown(name)))
})
