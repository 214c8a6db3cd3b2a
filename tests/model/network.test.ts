import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyzeNetwork } from '../../src/main/model/analysis'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { currentLayer, inLayer } from '../../src/main/model/layerScope'
import { buildNetwork, buildNetworks, disposeNetworks, forward, type Network } from '../../src/main/model/network'
import { layerSchema } from '../../src/shared/architecture/layers'
import { KwiatError } from '../../src/shared/errors'
import { tinyArchitecture } from './tinyArchitecture'

function build(input: readonly number[], ...layers: readonly object[]): Network {
  const specs = layers.map((layer) => layerSchema.parse(layer))
  return buildNetwork('generator', analyzeNetwork('generator', specs, new Map([['input', input]])))
}

function set(network: Network, values: Readonly<Record<string, readonly number[]>>): void {
  for (const [path, value] of Object.entries(values)) {
    const variable = network.variables.get(`generator/${path}`)!
    variable.assign(tf.tensor([...value], variable.shape))
  }
}

const read = (network: Network, path: string) => [...network.variables.get(`generator/${path}`)!.dataSync()]

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits = 5): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits)
  })
}

const pair = () => tf.tensor([1, 3, 2, 6], [2, 2])

describe('forward', () => {
  beforeAll(useHostBackend)

  it('normalises by the batch in training: (x − μ) / √(σ² + ε), and follows μ and σ² where it is told to', () => {
    const network = build([2], { type: 'BatchNormalization', momentum: 0.75, epsilon: 0.25 })
    set(network, {
      'batch_normalization/gamma': [2, 3],
      'batch_normalization/beta': [10, 20],
      'batch_normalization/moving_mean': [4, 8],
      'batch_normalization/moving_variance': [1, 2]
    })
    // Columns (1, 2) and (3, 6): μ = 1.5, 4.5, σ² = 0.25, 2.25.
    const a = 0.5 / Math.sqrt(0.5)
    const b = 1.5 / Math.sqrt(2.5)
    const expected = [10 - 2 * a, 20 - 3 * b, 10 + 2 * a, 20 + 3 * b]
    expectClose(forward(network, { input: pair() }, { training: true }).dataSync(), expected)
    expect(read(network, 'batch_normalization/moving_mean')).toEqual([4, 8])
    forward(network, { input: pair() }, { training: true, updateStatistics: true })
    expectClose(read(network, 'batch_normalization/moving_mean'), [0.75 * 4 + 0.25 * 1.5, 0.75 * 8 + 0.25 * 4.5])
    expectClose(read(network, 'batch_normalization/moving_variance'), [0.75 + 0.25 * 0.25, 1.5 + 0.25 * 2.25])
  })

  it('normalises by the moving averages outside of training and leaves them alone', () => {
    const network = build([2], { type: 'BatchNormalization', epsilon: 0.25, center: false, scale: false })
    set(network, { 'batch_normalization/moving_mean': [1, 2], 'batch_normalization/moving_variance': [0.75, 3.75] })
    const y = forward(network, { input: pair() }, { training: false, updateStatistics: true })
    expectClose(y.dataSync(), [0, 0.5, 1, 2])
    expect(read(network, 'batch_normalization/moving_mean')).toEqual([1, 2])
  })

  it('multiplies by the dropout mask in training and not otherwise', () => {
    const network = build([2], { type: 'Dropout', rate: 0.5, name: 'thin' })
    const masks = new Map([['thin', tf.tensor([2, 0, 0, 2], [2, 2])]])
    expectClose(forward(network, { input: pair() }, { training: true, masks }).dataSync(), [2, 0, 0, 12])
    expectClose(forward(network, { input: pair() }, { training: false, masks }).dataSync(), [1, 3, 2, 6])
    expect(() => forward(network, { input: pair() }, { training: true })).toThrow('expected a mask')
  })

  it('scales the negative side of ELU by alpha', () => {
    const network = build([2], { type: 'ELU', alpha: 0.5 })
    const y = forward(network, { input: tf.tensor([-1, 2, 0, -3], [2, 2]) }, { training: false })
    expectClose(y.dataSync(), [0.5 * Math.expm1(-1), 2, 0, 0.5 * Math.expm1(-3)])
  })

  it('follows named inputs: a residual connection adds what it names', () => {
    const network = build(
      [2],
      { type: 'Dense', units: 2, name: 'twice' },
      { type: 'ReLU' },
      { type: 'Add', inputs: ['re_lu', 'input'] }
    )
    set(network, { 'twice/kernel': [2, 0, 0, 2], 'twice/bias': [0, -10] })
    expectClose(forward(network, { input: pair() }, { training: false }).dataSync(), [3, 3, 6, 8])
  })

  it('names the layer while it is applied, and none afterwards', () => {
    const network = build([2], { type: 'Dense', units: 1, name: 'only' })
    const { layer } = network.layers[0]!.operation
    const seen: (string | undefined)[] = []
    layer.setCallHook(() => seen.push(currentLayer()))
    forward(network, { input: pair() }, { training: false })
    expect(seen).toEqual(['generator/only'])
    expect(currentLayer()).toBeUndefined()
    expect(() => inLayer('a', () => inLayer('b', () => JSON.parse('{')))).toThrow()
    expect(currentLayer()).toBeUndefined()
  })
})

describe('buildNetworks', () => {
  it('names variables by network, layer and weight, and frees them all', () => {
    const before = tf.memory().numTensors
    const networks = buildNetworks(tinyArchitecture())
    expect([...networks.generator.variables.keys()]).toEqual([
      'generator/dense/kernel',
      'generator/batch_normalization/gamma',
      'generator/batch_normalization/beta',
      'generator/batch_normalization/moving_mean',
      'generator/batch_normalization/moving_variance',
      'generator/conv2d_transpose/kernel',
      'generator/conv2d_transpose/bias'
    ])
    expect(networks.generator.trainable).not.toContain('generator/batch_normalization/moving_mean')
    expect([...networks.ema.variables.keys()][0]).toBe('ema/dense/kernel')
    disposeNetworks(networks)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('can be called twice: two networks of the same names share nothing', () => {
    const first = buildNetworks(tinyArchitecture())
    const second = buildNetworks(tinyArchitecture())
    first.generator.variables.get('generator/dense/kernel')!.assign(tf.ones([3, 64]))
    expect(second.generator.variables.get('generator/dense/kernel')!.dataSync()[0]).toBe(0)
    disposeNetworks(first)
    disposeNetworks(second)
  })

  it('refuses an architecture whose networks do not fit', () => {
    const architecture = { ...tinyArchitecture(), pictureSize: 32 }
    expect(() => buildNetworks(architecture)).toThrow(KwiatError)
  })
})
