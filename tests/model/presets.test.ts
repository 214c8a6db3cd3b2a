import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ArchitectureAnalysis, analyzeArchitecture, type NetworkAnalysis } from '../../src/main/model/analysis'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { KwiatError } from '../../src/shared/errors'

const analysisOf = (name: string): ArchitectureAnalysis => analyzeArchitecture(loadPreset(name).architecture)

const weighted = ({ layers }: NetworkAnalysis) =>
  layers
    .filter(({ parameters }) => parameters > 0)
    .map(({ spec, outputShape, parameters }) => [spec.type, outputShape.join('×'), parameters])

describe('presets', () => {
  it('are the files of resources/presets, each under its own name', () => {
    expect(readdirSync('resources/presets').sort()).toEqual(presetNames.map((name) => `${name}.json`))
    expect(presetNames.map((name) => loadPreset(name).preset)).toEqual(presetNames)
  })

  it.each(presetNames)('%s fits together', (name) => {
    expect(analysisOf(name).discriminator.outputShape).toEqual([1])
  })

  it('lists the known names for an unknown one', () => {
    const load = () => loadPreset('dcgan-128')
    expect(load).toThrow(KwiatError)
    expect(load).toThrow('preset: expected one of chollet-32, dcgan-32, dcgan-64, flowers-32, got dcgan-128')
  })
})

describe('chollet-32', () => {
  it('has the generator of the book: 6,264,579 parameters', () => {
    const { generator } = analysisOf('chollet-32')
    expect(weighted(generator)).toEqual([
      ['Dense', '32768', 1_081_344],
      ['Conv2D', '16×16×256', 819_456],
      ['Conv2DTranspose', '32×32×256', 1_048_832],
      ['Conv2D', '32×32×256', 1_638_656],
      ['Conv2D', '32×32×256', 1_638_656],
      ['Conv2D', '32×32×3', 37_635]
    ])
    expect(generator.parameters).toBe(6_264_579)
    expect(generator.layers.at(-1)!.spec).toMatchObject({ activation: 'tanh' })
  })

  it('has the discriminator of the book: 790,913 parameters', () => {
    const { discriminator } = analysisOf('chollet-32')
    expect(discriminator.parameters).toBe(790_913)
    expect(discriminator.layers.map(({ outputShape }) => outputShape.join('×'))).toEqual([
      ...['30×30×128', '30×30×128', '14×14×128', '14×14×128', '6×6×128', '6×6×128', '2×2×128', '2×2×128'],
      ...['512', '512', '1']
    ])
  })

  it('trains as the book does', () => {
    const { generatorOptimizer, discriminatorOptimizer, loss, schedule, architecture } = loadPreset('chollet-32')
    const bounds = { clipValue: 1, clipNorm: null, decay: 1e-8, momentum: 0, warmup: 0 }
    const rmsprop = { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7, ...bounds }
    expect(generatorOptimizer).toEqual({ ...rmsprop, learningRate: 0.0004 })
    expect(discriminatorOptimizer).toEqual({ ...rmsprop, learningRate: 0.0008 })
    expect(loss).toMatchObject({
      kind: 'non-saturating',
      discriminatorSays: 'generated',
      realTarget: 1,
      labelNoise: 0.05,
      gradientPenalty: 'none'
    })
    expect(schedule).toMatchObject({ batchSize: 20, steps: 10_000, discriminatorSteps: 1 })
    const layers = [...architecture.generator, ...architecture.discriminator]
    expect(layers.filter(({ type }) => type === 'LeakyReLU')).toEqual(Array(9).fill({ type: 'LeakyReLU', alpha: 0.3 }))
    expect(layers.filter(({ type }) => type === 'Dropout')).toEqual([{ type: 'Dropout', rate: 0.4 }])
  })
})

describe.each([
  ['dcgan-32', ['4×4×512', '8×8×256', '16×16×128', '32×32×3'], ['16×16×128', '8×8×256', '4×4×512']],
  [
    'dcgan-64',
    ['4×4×1024', '8×8×512', '16×16×256', '32×32×128', '64×64×3'],
    ['32×32×128', '16×16×256', '8×8×512', '4×4×1024']
  ]
])('%s', (name, generatorMaps, discriminatorMaps) => {
  const { generator, discriminator } = analysisOf(name)
  const mapsOf = ({ layers }: NetworkAnalysis, ...types: string[]) =>
    layers.filter(({ spec }) => types.includes(spec.type)).map(({ outputShape }) => outputShape.join('×'))

  it('has the maps of Radford et al.', () => {
    expect(mapsOf(generator, 'Reshape', 'Conv2DTranspose')).toEqual(generatorMaps)
    expect(mapsOf(discriminator, 'Conv2D')).toEqual(discriminatorMaps)
  })

  it('normalises all but the generator’s last and the discriminator’s first convolution', () => {
    expect(mapsOf(generator, 'BatchNormalization')).toEqual(generatorMaps.slice(0, -1))
    expect(mapsOf(discriminator, 'BatchNormalization')).toEqual(discriminatorMaps.slice(1))
  })

  it('starts all kernels from N(0, 0.02²) and all γ from N(1, 0.02²)', () => {
    const weights = [...generator.layers, ...discriminator.layers].flatMap((layer) => layer.weights)
    for (const { name: weight, initializer } of weights) {
      if (weight === 'kernel') {
        expect(initializer).toEqual({ kind: 'normal', mean: 0, deviation: 0.02 })
      }
      if (weight === 'gamma') {
        expect(initializer).toEqual({ kind: 'normal', mean: 1, deviation: 0.02 })
      }
    }
    expect(weights.filter((weight) => weight.name === 'kernel')).toHaveLength(2 * generatorMaps.length)
  })

  it('trains with Adam of 2e-4 and β₁ 0.5 on batches of 64', () => {
    const { generatorOptimizer, discriminatorOptimizer, schedule } = loadPreset(name)
    expect(generatorOptimizer).toMatchObject({ kind: 'adam', learningRate: 0.0002, beta1: 0.5, beta2: 0.999 })
    expect(discriminatorOptimizer).toEqual(generatorOptimizer)
    expect(schedule.batchSize).toBe(64)
  })
})
