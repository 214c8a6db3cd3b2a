import { describe, expect, it, test } from 'vitest'
import type { MemoryFacts } from '../../src/main/model/checks/check'
import { findProblems, meanings } from '../../src/main/model/checks/registerChecks'
import { examineArchitecture } from '../../src/main/model/examination'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { toProblem } from '../../src/main/model/problems'
import type { Architecture } from '../../src/shared/architecture/architecture'
import { applyEdits } from '../../src/shared/architecture/edits'
import { type LayerSpec, layerSchema } from '../../src/shared/architecture/layers'
import type { ProblemCode } from '../../src/shared/architecture/problems'
import { parseRunConfiguration } from '../../src/shared/config/parse'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { languages } from '../../src/shared/language'
import { keysOf } from '../../src/shared/records'

const plenty: MemoryFacts = { neededBytes: 1e9, freeBytes: 8e9, totalBytes: 16e9, fittingBatchSize: 64 }

const planned = (configuration: RunConfiguration, memory = plenty) => ({
  ...examineArchitecture(configuration.architecture),
  configuration,
  memory
})

const findingsOf = (code: ProblemCode, configuration: RunConfiguration, memory = plenty) =>
  findProblems(planned(configuration, memory)).filter((finding) => finding.code === code)

const placesOf = (code: ProblemCode, configuration: RunConfiguration, memory = plenty) =>
  findingsOf(code, configuration, memory).map(({ network, position }) => [network, position])

/** What the code's repairs make of a configuration. */
function repaired(code: ProblemCode, configuration: RunConfiguration, memory = plenty): RunConfiguration {
  const [finding] = findingsOf(code, configuration, memory)
  return applyEdits(configuration, finding?.repair?.edits ?? [])
}

const layersOf = (...layers: readonly object[]): LayerSpec[] => layers.map((layer) => layerSchema.parse(layer))

const base = loadPreset('flowers-32')

const withArchitecture = (architecture: Partial<Architecture>): RunConfiguration => ({
  ...base,
  architecture: { ...base.architecture, ...architecture }
})

/** The flowers' generator with layers in the place of `count` of its own. */
const generatorWith = (position: number, count: number, ...layers: readonly object[]) =>
  withArchitecture({ generator: base.architecture.generator.toSpliced(position, count, ...layersOf(...layers)) })

const discriminatorWith = (position: number, count: number, ...layers: readonly object[]) =>
  withArchitecture({
    discriminator: base.architecture.discriminator.toSpliced(position, count, ...layersOf(...layers))
  })

const withLoss = (configuration: RunConfiguration, loss: object) =>
  parseRunConfiguration({ ...configuration, loss: { ...configuration.loss, ...loss } })

const leaky = { type: 'LeakyReLU', alpha: 0.2 }
const convolution = { type: 'Conv2D', filters: 8, kernelSize: 4, strides: 2, padding: 'same' }

interface Case {
  readonly fires: RunConfiguration
  readonly at: readonly (readonly [string | null, number | null])[]
  /** Like what fires, but right. */
  readonly silent: RunConfiguration
  /** What the repair leaves behind has nothing more of this kind. */
  readonly isRepaired: boolean
}

const penalized = (configuration: RunConfiguration) => withLoss(configuration, { gradientPenalty: 'r1' })
const hard = (configuration: RunConfiguration) => withLoss(configuration, { realTarget: 1 })

const cases: { readonly [Code in Exclude<ProblemCode, 'memory-short'>]: Case } = {
  'layer-name-taken': {
    fires: generatorWith(1, 1, { ...leaky, name: 'input' }),
    at: [['generator', 1]],
    silent: generatorWith(1, 1, { ...leaky, name: 'first' }),
    isRepaired: true
  },
  'layer-input-unknown': {
    fires: generatorWith(1, 1, { ...leaky, inputs: ['dens'] }),
    at: [['generator', 1]],
    silent: generatorWith(1, 1, { ...leaky, inputs: ['dense'] }),
    isRepaired: true
  },
  'layer-unread': {
    fires: generatorWith(1, 2, leaky, { type: 'Reshape', targetShape: [4, 4, 128], inputs: ['dense'] }),
    at: [['generator', 1]],
    silent: base,
    isRepaired: true
  },
  'layer-inputs-unfit': {
    fires: generatorWith(2, 1, { type: 'Reshape', targetShape: [4, 4, 100] }),
    at: [['generator', 2]],
    silent: generatorWith(2, 1, { type: 'Reshape', targetShape: [4, 4, 128] }),
    isRepaired: true
  },
  'kernel-larger-than-input': {
    fires: discriminatorWith(6, 0, { ...convolution, kernelSize: 6, padding: 'valid' }, leaky),
    at: [['discriminator', 6]],
    silent: discriminatorWith(6, 0, { ...convolution, kernelSize: 4, padding: 'valid' }, leaky),
    isRepaired: true
  },
  'strided-convolution-in-generator': {
    fires: generatorWith(5, 1, { ...convolution, filters: 48 }),
    at: [['generator', 5]],
    // One that grows its maps again all the same.
    silent: generatorWith(4, 0, convolution, leaky, { ...convolution, type: 'Conv2DTranspose' }, leaky),
    isRepaired: true
  },
  'output-size': {
    fires: generatorWith(5, 2),
    at: [['generator', 7]],
    silent: base,
    isRepaired: true
  },
  'output-not-one-logit': {
    fires: discriminatorWith(7, 1, { type: 'Dense', units: 2 }),
    at: [['discriminator', 7]],
    silent: discriminatorWith(7, 1, { type: 'Dense', units: 1 }),
    isRepaired: true
  },
  'output-not-linear': {
    fires: discriminatorWith(7, 1, { type: 'Dense', units: 1, activation: 'sigmoid' }),
    at: [['discriminator', 7]],
    silent: base,
    isRepaired: true
  },
  'network-too-large': {
    fires: generatorWith(0, 0, { type: 'Dense', units: 65_536 }, leaky, { type: 'Dense', units: 65_536 }, leaky),
    at: [['generator', 2]],
    silent: base,
    isRepaired: false
  },
  'output-not-tanh': {
    fires: generatorWith(9, 1, { type: 'Conv2D', filters: 3, kernelSize: 3, padding: 'same', activation: 'sigmoid' }),
    at: [['generator', 9]],
    silent: generatorWith(
      9,
      1,
      { type: 'Conv2D', filters: 3, kernelSize: 3, padding: 'same' },
      { type: 'Activation', activation: 'tanh' }
    ),
    isRepaired: true
  },
  'linear-after-linear': {
    fires: generatorWith(4, 1),
    at: [['generator', 3]],
    silent: generatorWith(4, 1, { type: 'BatchNormalization' }, leaky),
    isRepaired: true
  },
  'kernel-not-divisible-by-stride': {
    fires: discriminatorWith(0, 1, { ...convolution, kernelSize: 3 }),
    at: [['discriminator', 0]],
    silent: discriminatorWith(0, 1, { ...convolution, kernelSize: [2, 4] }),
    isRepaired: true
  },
  'max-pooling': {
    fires: discriminatorWith(4, 1, { ...convolution, strides: 1 }, { type: 'MaxPooling2D' }),
    at: [['discriminator', 5]],
    silent: discriminatorWith(4, 1, { ...convolution, strides: 1 }, { type: 'AveragePooling2D' }),
    isRepaired: true
  },
  relu: {
    fires: discriminatorWith(1, 1, { type: 'ReLU' }),
    at: [['discriminator', 1]],
    silent: generatorWith(4, 1, { type: 'BatchNormalization' }, { type: 'ReLU' }),
    isRepaired: true
  },
  'no-randomness': {
    fires: hard(base),
    at: [['discriminator', null]],
    silent: hard(discriminatorWith(7, 0, { type: 'Dropout', rate: 0.3 })),
    isRepaired: true
  },
  'uniform-latents': {
    fires: parseRunConfiguration({ ...base, schedule: { ...base.schedule, latentDistribution: 'uniform' } }),
    at: [['generator', null]],
    silent: base,
    isRepaired: true
  },
  'saturating-with-penalty': {
    fires: penalized(discriminatorWith(1, 1, { type: 'Activation', activation: 'tanh' })),
    at: [['discriminator', 1]],
    silent: discriminatorWith(1, 1, { type: 'Activation', activation: 'tanh' }),
    isRepaired: true
  },
  'batch-normalization-with-penalty': {
    fires: penalized(discriminatorWith(3, 0, { type: 'BatchNormalization' })),
    at: [['discriminator', 3]],
    silent: penalized(generatorWith(4, 0, { type: 'BatchNormalization' })),
    isRepaired: true
  },
  'unequal-capacity': {
    fires: generatorWith(0, 0, { type: 'Dense', units: 2048 }, leaky),
    at: [['generator', null]],
    silent: base,
    isRepaired: false
  }
}

describe.each(keysOf(cases))('%s', (code) => {
  const { fires, at, silent, isRepaired } = cases[code]

  it('is found where it is', () => {
    expect(placesOf(code, fires)).toEqual(at)
  })

  it('is not found where it is not', () => {
    expect(placesOf(code, silent)).toEqual([])
  })

  it(isRepaired ? 'is mended by its repair' : 'has no repair', () => {
    expect(findingsOf(code, fires)[0]!.repair !== null).toBe(isRepaired)
    expect(placesOf(code, repaired(code, fires))).toEqual(isRepaired ? [] : at)
  })
})

describe('memory-short', () => {
  const short = { ...plenty, neededBytes: 9e9, fittingBatchSize: 28 }

  it('is found where less memory is free than is needed; an error where the computer has not got it', () => {
    expect(findingsOf('memory-short', base, short)).toMatchObject([
      { severity: 'warning', network: null, position: null }
    ])
    expect(findingsOf('memory-short', base, { ...short, neededBytes: 17e9 })).toMatchObject([{ severity: 'error' }])
  })

  it('is not found where enough is free, or where the need is not known', () => {
    expect(findingsOf('memory-short', base)).toEqual([])
    expect(findingsOf('memory-short', base, { ...short, neededBytes: null })).toEqual([])
  })

  it('is mended by a smaller batch', () => {
    expect(repaired('memory-short', base, short).schedule.batchSize).toBe(28)
  })
})

test.each(presetNames)('nothing is wrong with the preset %s', (name) => {
  expect(findProblems(planned(loadPreset(name)))).toEqual([])
})

test('errors come before warnings', () => {
  const { generator } = cases['strided-convolution-in-generator'].fires.architecture
  const { discriminator } = cases.relu.fires.architecture
  const severities = findProblems(planned(withArchitecture({ generator, discriminator }))).map(
    ({ severity }) => severity
  )
  expect(severities).toEqual(['error', 'error', 'warning'])
})

test('repairing a ReLU inside of a convolution makes it a LeakyReLU of the usual slope after it', () => {
  const fires = discriminatorWith(0, 2, { ...convolution, activation: 'relu' })
  expect(repaired('relu', fires).architecture.discriminator.slice(0, 2)).toEqual(layersOf(convolution, leaky))
})

test('every problem is said as a sentence in each language, with a reason and the label of its repair', () => {
  for (const { fires } of Object.values(cases)) {
    const run = planned(fires)
    for (const finding of findProblems(run)) {
      const [english, polish] = languages.map((language) => toProblem(finding, run, language))
      expect(english!.sentence).toMatch(/^(generator|discriminator|run).*: expected .*, got .*; .*\.$/)
      expect(polish!.sentence).toMatch(/^(generator|dyskryminator|trening).* – oczekiwane: .*; jest: .*\. Rada: .*\.$/)
      expect(polish!.why).not.toBe(english!.why)
    }
  }
})

test('every code has a title and a reason in each language', () => {
  for (const { title, why } of Object.values(meanings)) {
    expect(Object.keys(title)).toEqual(languages)
    expect(Object.keys(why)).toEqual(languages)
    expect(why.pl).toMatch(/[.]$/)
    expect(why.en).toMatch(/[.]$/)
  }
})
