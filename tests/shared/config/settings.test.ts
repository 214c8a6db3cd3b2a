import { describe, expect, it } from 'vitest'
import { formatConfigurationIssues, parseRunConfiguration } from '../../../src/shared/config/parse'
import { type RunConfigurationInput, runConfigurationSchema } from '../../../src/shared/config/runConfiguration'
import { applySetting } from '../../../src/shared/config/settings'
import { KwiatError } from '../../../src/shared/errors'

const configuration: RunConfigurationInput = {
  preset: 'tiny',
  architecture: {
    latentSize: 4,
    pictureSize: 16,
    channels: 3,
    generator: [
      { type: 'Dense', units: 768, activation: 'tanh' },
      { type: 'Reshape', targetShape: [16, 16, 3] }
    ],
    discriminator: [{ type: 'Flatten' }, { type: 'Dense', units: 1 }]
  },
  generatorOptimizer: { kind: 'adam', beta1: 0.5, clipValue: 2 },
  discriminatorOptimizer: { kind: 'rmsprop' }
}

function errorOf(work: () => unknown): KwiatError {
  try {
    work()
  } catch (error) {
    if (error instanceof KwiatError) {
      return error
    }
    throw error
  }
  throw new Error('expected a KwiatError, got none')
}

const rejection = (path: string, value: string) => errorOf(() => applySetting(configuration, path, value))

describe('applySetting', () => {
  it('sets a number, a flag, a word, null, a list and a list’s item', () => {
    expect(applySetting(configuration, 'schedule.batchSize', '64').schedule.batchSize).toBe(64)
    expect(applySetting(configuration, 'data.flip', 'true').data.flip).toBe(true)
    expect(applySetting(configuration, 'loss.kind', 'minimax').loss.kind).toBe('minimax')
    expect(applySetting(configuration, 'generatorOptimizer.clipValue', 'null').generatorOptimizer.clipValue).toBeNull()
    expect(applySetting(configuration, 'data.classes', '["frog","cat"]').data.classes).toEqual(['frog', 'cat'])
    const { generator } = applySetting(configuration, 'architecture.generator.0.activation', 'relu').architecture
    expect(generator[0]).toMatchObject({ type: 'Dense', units: 768, activation: 'relu' })
  })

  it('keeps digits as text where text is asked for', () => {
    expect(applySetting(configuration, 'preset', '32').preset).toBe('32')
  })

  it('leaves its argument as it was and fills in the defaults', () => {
    const before = structuredClone(configuration)
    const after = applySetting(configuration, 'schedule.seed', '7')
    expect(configuration).toEqual(before)
    expect(after).toEqual(parseRunConfiguration({ ...configuration, schedule: { seed: 7 } }))
  })

  it('drops the fields of another kind of optimiser and keeps those that both have', () => {
    const { generatorOptimizer } = applySetting(configuration, 'generatorOptimizer.kind', 'sgd')
    expect(generatorOptimizer).toMatchObject({ kind: 'sgd', clipValue: 2, nesterov: false })
    expect(generatorOptimizer).not.toHaveProperty('beta1')
  })

  it('says which numbers a field takes, with its unit', () => {
    const error = rejection('schedule.batchSize', 'many')
    expect(error.code).toBe('configuration-invalid')
    expect(error.message).toBe(
      'schedule.batchSize: expected a whole number from 1 to 1024 (pictures), got "many"; change it.'
    )
    expect(rejection('schedule.batchSize', '1025').parts.actual).toBe('1025')
    expect(rejection('schedule.batchSize', '1.5').parts.actual).toBe('1.5')
  })

  it('says which words a field takes', () => {
    expect(rejection('loss.discriminatorSays', 'fake').parts.expected).toBe('"real" or "generated"')
    expect(rejection('data.flip', 'maybe').parts.expected).toBe('true or false')
    expect(rejection('generatorOptimizer.clipNorm', '-1').parts.expected).toBe('a number from 1e-8 to 1000000 or null')
    expect(rejection('architecture.channels', '2').parts.expected).toBe('1 or 3')
    expect(rejection('generatorOptimizer.kind', 'adamw').parts).toMatchObject({
      who: 'generatorOptimizer.kind',
      expected: '"rmsprop", "adam" or "sgd"'
    })
  })

  it('names the known field that is most like an unknown one', () => {
    expect(rejection('schedule.bachSize', '3').message).toBe(
      'schedule.bachSize: expected a field of schedule (steps, batchSize, accumulate, discriminatorSteps, emaDecay, latentDistribution, seed), ' +
        'got the unknown field "bachSize"; write "batchSize" or remove it.'
    )
    expect(rejection('generatorOptimizer.beta3', '0.5').parts.todo).toBe('write "beta1" or remove it')
    expect(rejection('discriminatorOptimizer.beta1', '0.5').parts.expected).not.toContain('beta1')
    expect(rejection('architecture.generator.0.unit', '3').parts.todo).toBe('write "units" or remove it')
    expect(rejection('sigma', '0.5').parts.who).toBe('sigma')
  })

  it('refuses a path through something that is no object', () => {
    expect(rejection('schedule.batchSize.size', '3').parts).toMatchObject({
      who: 'schedule.batchSize',
      actual: '{"size":3}'
    })
  })
})

describe('formatConfigurationIssues', () => {
  it('gives an entry for each wrong field', () => {
    const input = { ...configuration, loss: { kind: 1, labelnoise: 0.1, realtarget: 1 } }
    const { error } = runConfigurationSchema.safeParse(input)
    expect(formatConfigurationIssues(error!, input)).toEqual([
      {
        who: 'loss.kind',
        expected: '"non-saturating", "minimax", "least-squares", "hinge" or "wasserstein"',
        actual: '1',
        todo: 'change it'
      },
      expect.objectContaining({ who: 'loss.labelnoise', todo: 'write "labelNoise" or remove it' }),
      expect.objectContaining({ who: 'loss.realtarget', todo: 'write "realTarget" or remove it' })
    ])
  })
})

describe('parseRunConfiguration', () => {
  it('gives one sentence for many problems: the first in full, the others by their place', () => {
    const { message } = errorOf(() =>
      parseRunConfiguration({ ...configuration, schedule: { steps: 0, batchSize: 0 }, loss: { labelNoise: 2 } })
    )
    expect(message).toBe(
      'loss.labelNoise: expected a number from 0 to 0.5, got 2; change it (and look at schedule.steps, schedule.batchSize).'
    )
  })

  it('says what is missing', () => {
    const { preset: _, ...unnamed } = configuration
    expect(errorOf(() => parseRunConfiguration(unnamed)).message).toBe('preset: expected text, got nothing; add it.')
  })

  it('names the configuration itself where it is no object', () => {
    expect(errorOf(() => parseRunConfiguration('[]')).parts).toMatchObject({ who: 'configuration', actual: '"[]"' })
  })

  it('names every layer type for an unknown one', () => {
    const architecture = { ...configuration.architecture, discriminator: [{ type: 'Conv2' }] }
    const { parts } = errorOf(() => parseRunConfiguration({ ...configuration, architecture }))
    expect(parts.who).toBe('architecture.discriminator.0.type')
    expect(parts.expected).toContain('"Conv2D", "Conv2DTranspose"')
  })

  it('accepts its own result', () => {
    const parsed = parseRunConfiguration(configuration)
    expect(runConfigurationSchema.parse(parsed)).toEqual(parsed)
  })
})
