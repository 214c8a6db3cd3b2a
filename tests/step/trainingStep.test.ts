import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { buildNetworks, disposeNetworks, forward, type Networks } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import { createTrainingStep } from '../../src/main/step/trainingStep'
import { float32, type HostTensor, sizeOf } from '../../src/shared/tensor'
import { tinyArchitecture } from '../model/tinyArchitecture'
import { descent, type Inputs, inputsOf, part, type State, tinyConfiguration, train, trainFor } from './tinyRun'

const still = descent(1e-8)

/** Networks whose variables hold these values. */
function networksWith(state: State): Networks {
  const networks = buildNetworks(tinyArchitecture())
  for (const network of Object.values(networks)) {
    network.variables.forEach((variable: tf.Variable, name: string) => {
      const { data, shape } = state.get(name)!
      variable.assign(tf.tensor(data, [...shape]))
    })
  }
  return networks
}

const tensorOf = ({ data, shape }: HostTensor): tf.Tensor => tf.tensor(data, [...shape], 'float32')

/** The generator's loss through a discriminator of the given state, straight from the networks. */
function generatorLoss(state: State, inputs: Inputs): number {
  const networks = networksWith(state)
  const loss = tf.tidy(() => {
    const pictures = forward(networks.generator, { input: tensorOf(inputs['latent/g']!) }, { training: true })
    const masks = new Map([['dropout', tensorOf(inputs['mask/g/discriminator/dropout']!)]])
    const logits = forward(networks.discriminator, { input: pictures }, { training: true, masks })
    return tf.mean(tf.softplus(tf.neg(logits))).dataSync()[0]!
  })
  disposeNetworks(networks)
  return loss
}

describe('a training step', () => {
  it('moves the discriminator first and the generator through the moved one', async () => {
    const configuration = tinyConfiguration()
    const before = initialState(configuration)
    const inputs = inputsOf(configuration)
    const { state, outputs } = await train(configuration, before, [inputs])
    const discriminatorAfter = [...state].filter(([name]) => name.startsWith('discriminator/'))
    const throughMoved = generatorLoss(new Map([...before, ...discriminatorAfter]), inputs)
    const throughFirst = generatorLoss(before, inputs)
    expect(outputs['loss/g']).toBeCloseTo(throughMoved, 5)
    expect(Math.abs(throughMoved - throughFirst)).toBeGreaterThan(1e-3)
  })

  it('leaves the discriminator alone while it moves the generator', async () => {
    const fast = await trainFor(tinyConfiguration(), 1)
    const slow = await trainFor(tinyConfiguration({ generatorOptimizer: still }), 1)
    expect(part(fast.state, 'discriminator/')).toEqual(part(slow.state, 'discriminator/'))
    expect(part(fast.state, 'generator/')).not.toEqual(part(slow.state, 'generator/'))
  })

  it('leaves the generator alone while it moves the discriminator, its statistics too', async () => {
    const one = await trainFor(tinyConfiguration({ generatorOptimizer: still }), 1)
    const two = await trainFor(
      tinyConfiguration({ generatorOptimizer: still, schedule: { batchSize: 4, seed: 3, discriminatorSteps: 2 } }),
      1
    )
    expect(part(two.state, 'generator/batch_normalization/moving')).toEqual(
      part(one.state, 'generator/batch_normalization/moving')
    )
    // Through another discriminator the generator moves differently, by its tiny rate.
    for (const [name, values] of Object.entries(part(two.state, 'generator/'))) {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(one.state.get(name)!.data[i]!, 7)
      })
    }
    expect(part(two.state, 'discriminator/')).not.toEqual(part(one.state, 'discriminator/'))
  })

  it('makes several discriminator updates, each with its own inputs, in one step', async () => {
    const once = tinyConfiguration({ generatorOptimizer: still })
    const twice = tinyConfiguration({
      generatorOptimizer: still,
      schedule: { batchSize: 4, seed: 3, discriminatorSteps: 2 }
    })
    const inputs = inputsOf(twice)
    const second = Object.fromEntries(
      Object.entries(inputs)
        .filter(([name]) => !/\b0\b/.test(name))
        .map(([name, value]) => [name.replace(/\b1\b/, '0'), value])
    )
    const together = await train(twice, initialState(twice), [inputs])
    const apart = await train(once, initialState(once), [inputs, { ...inputs, ...second }])
    expect(part(together.state, 'discriminator/')).toEqual(part(apart.state, 'discriminator/'))
    expect(together.outputs['loss/d']).toBe(apart.outputs['loss/d'])
  })

  it('gives generated and real pictures a batch statistic each, in the discriminator’s update only', async () => {
    const discriminator = [
      { type: 'BatchNormalization', momentum: 0.75 },
      { type: 'Flatten' },
      { type: 'Dense', units: 1 }
    ]
    const architecture = { ...tinyArchitecture(), discriminator }
    const configuration = tinyConfiguration({ architecture, generatorOptimizer: still })
    const inputs = inputsOf(configuration)
    // A generator of zeros makes grey pictures of mean 0.
    const zeros = Array.from(initialState(configuration), ([name, tensor]): [string, HostTensor] => [
      name,
      name.startsWith('generator/conv') ? float32(new Float32Array(tensor.data.length), tensor.shape) : tensor
    ])
    const { state } = await train(configuration, new Map(zeros), [inputs])
    const pixels = [...inputs['real/0']!.data].map((value) => value / 127.5 - 1)
    const mean = pixels.reduce((a, b) => a + b, 0) / pixels.length
    const variance = pixels.reduce((sum, x) => sum + (x - mean) ** 2, 0) / pixels.length
    // Averages follow the generated pictures first: 0 and 1 → 0 and 0.75, then the real ones.
    expect(state.get('discriminator/batch_normalization/moving_mean')!.data[0]).toBeCloseTo(0.25 * mean, 5)
    expect(state.get('discriminator/batch_normalization/moving_variance')!.data[0]).toBeCloseTo(
      0.75 * 0.75 + 0.25 * variance,
      5
    )
  })

  it('follows the generator’s statistics once, with the generator’s own latents', async () => {
    const configuration = tinyConfiguration({ generatorOptimizer: still })
    const inputs = inputsOf(configuration)
    const { state } = await train(configuration, initialState(configuration), [inputs])
    const kernel = initialState(configuration).get('generator/dense/kernel')!
    const dense = tf.matMul(tensorOf(inputs['latent/g']!), tensorOf(kernel))
    const mean = tf.mean(dense).dataSync()[0]!
    expect(state.get('generator/batch_normalization/moving_mean')!.data[0]).toBeCloseTo(0.1 * mean, 6)
  })

  it('averages all of the generator, statistics too: the first step takes over nine tenths', async () => {
    const configuration = tinyConfiguration({ generatorOptimizer: descent(0.1) })
    const before = initialState(configuration)
    const { state } = await train(configuration, before, [inputsOf(configuration)])
    for (const [name, values] of Object.entries(part(state, 'ema/'))) {
      const raw = name.replace('ema/', 'generator/')
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(0.1 * before.get(raw)!.data[i]! + 0.9 * state.get(raw)!.data[i]!, 6)
      })
    }
  })

  it('with emaDecay 0 makes the average the newest generator, to the bit', async () => {
    const { state } = await trainFor(tinyConfiguration({ schedule: { batchSize: 4, emaDecay: 0 } }), 3)
    const averages = Object.values(part(state, 'ema/'))
    expect(averages).toEqual(Object.values(part(state, 'generator/')))
  })

  it('gives the same bytes for the same seed and others for another', async () => {
    const schedule = (seed: number) => ({ schedule: { batchSize: 4, seed } })
    const adam = { generatorOptimizer: { kind: 'adam' }, discriminatorOptimizer: { kind: 'rmsprop' } }
    const [first, again, other] = await Promise.all(
      [5, 5, 6].map((seed) => trainFor(tinyConfiguration({ ...adam, ...schedule(seed) }), 3))
    )
    expect(again!.state).toEqual(first!.state)
    expect(other!.state).not.toEqual(first!.state)
  })

  it('goes on from a saved state and the iteration’s number alone', async () => {
    const configuration = tinyConfiguration({ generatorOptimizer: { kind: 'adam' } })
    const inputs = [0, 1, 2, 3].map((iteration) => inputsOf(configuration, iteration))
    const whole = await train(configuration, initialState(configuration), inputs)
    const half = await train(configuration, initialState(configuration), inputs.slice(0, 2))
    const resumed = await train(configuration, half.state, inputs.slice(2))
    expect(resumed).toEqual(whole)
  })

  it('has exactly the variables of the initial state, of the same shapes', () => {
    const configuration = tinyConfiguration({
      generatorOptimizer: { kind: 'adam' },
      discriminatorOptimizer: { kind: 'rmsprop', momentum: 0.9 }
    })
    const networks = buildNetworks(configuration.architecture)
    const step = createTrainingStep(configuration, networks)
    const shapes = (entries: Iterable<readonly [string, { readonly shape: readonly number[] }]>) =>
      Array.from(entries, ([name, { shape }]) => `${name} ${shape}`).sort()
    expect(shapes(step.variables)).toEqual(shapes(initialState(configuration)))
    expect(step.variables.has('optimizer/discriminator/momentum/dense/bias')).toBe(true)
    expect(step.variables.has('optimizer/generator/v/conv2d_transpose/kernel')).toBe(true)
    expect([...step.variables.keys()].filter((name) => /optimizer.*moving/.test(name))).toEqual([])
    step.dispose()
    disposeNetworks(networks)
  })

  it('keeps no tensor between steps on an eager engine', async () => {
    const configuration = tinyConfiguration({ schedule: { batchSize: 4, discriminatorSteps: 2 } })
    const networks = buildNetworks(configuration.architecture)
    const step = createTrainingStep(configuration, networks)
    const engine = createEagerEngine(javaScriptBackend)
    const executable = await engine.prepare(step)
    const state = await engine.createState(initialState(configuration))
    await executable.run(state, inputsOf(configuration))
    const between = tf.memory().numTensors
    await executable.run(state, inputsOf(configuration, 1))
    expect(tf.memory().numTensors).toBe(between)
    step.dispose()
    disposeNetworks(networks)
  })

  it('lets the discriminator tell noise from a generator that stands still', async () => {
    const adam = { kind: 'adam', learningRate: 0.01 }
    const configuration = tinyConfiguration({ generatorOptimizer: still, discriminatorOptimizer: adam })
    const { outputs } = await trainFor(configuration, 60)
    expect(outputs['loss/d']).toBeLessThan(0.5)
    expect(outputs['score/real']).toBeGreaterThan(0.6)
    expect(outputs['score/fake']).toBeLessThan(0.4)
  })
})

describe('initialState', () => {
  it('starts the average as a copy of the generator and the slots at zero', () => {
    const state = initialState(tinyConfiguration({ generatorOptimizer: { kind: 'adam' } }))
    expect(Object.values(part(state, 'ema/'))).toEqual(Object.values(part(state, 'generator/')))
    expect(state.get('ema/dense/kernel')!.data).not.toBe(state.get('generator/dense/kernel')!.data)
    expect(
      Object.values(part(state, 'optimizer/'))
        .flat()
        .every((value) => value === 0)
    ).toBe(true)
    for (const { data, shape } of state.values()) {
      expect(data.length).toBe(sizeOf(shape))
    }
  })

  it('starts statistics at mean 0 and variance 1, biases at 0 and kernels at random', () => {
    const state = initialState(tinyConfiguration())
    expect([...state.get('generator/batch_normalization/moving_mean')!.data]).toEqual([0])
    expect([...state.get('generator/batch_normalization/moving_variance')!.data]).toEqual([1])
    expect([...state.get('discriminator/conv2d/bias')!.data]).toEqual([0, 0])
    expect(new Set(state.get('discriminator/conv2d/kernel')!.data).size).toBe(32)
  })

  it('leaves the discriminator’s first weights as they are when the generator changes', () => {
    const architecture = tinyArchitecture()
    const changed = {
      ...architecture,
      generator: architecture.generator.filter(({ type }) => type !== 'BatchNormalization')
    }
    const first = initialState(tinyConfiguration())
    const second = initialState(tinyConfiguration({ architecture: changed }))
    expect(part(second, 'discriminator/')).toEqual(part(first, 'discriminator/'))
  })
})
