import { describe, expect, it } from 'vitest'
import { groupNames, groupsFor } from '../../../src/renderer/forms/fieldSpecs'
import { flowersConfiguration } from '../support/configurations'

const fieldAt = (configuration: unknown, path: string) =>
  groupsFor(configuration)
    .flatMap(({ fields }) => fields)
    .find((field) => field.path === path)

describe('groupsFor', () => {
  it('makes a control for every field of every group', () => {
    const groups = groupsFor(flowersConfiguration)
    expect(groups.map(({ name }) => name)).toEqual([...groupNames])
    expect(groups.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ['crop', 'flip', 'classes'],
      ['kind', 'learningRate', 'decay', 'warmup', 'clipValue', 'clipNorm', 'beta1', 'beta2', 'epsilon'],
      ['kind', 'learningRate', 'decay', 'warmup', 'clipValue', 'clipNorm', 'beta1', 'beta2', 'epsilon'],
      ['kind', 'discriminatorSays', 'realTarget', 'labelNoise', 'gradientPenalty', 'penaltyWeight'],
      ['steps', 'batchSize', 'accumulate', 'discriminatorSteps', 'emaDecay', 'latentDistribution', 'seed'],
      [
        'logEvery',
        'sampleEvery',
        'sampleCount',
        'checkpointEvery',
        'scoreEvery',
        'keepCheckpoints',
        'keepBest',
        'keepBestBy',
        'keepInterval',
        'keepFree'
      ]
    ])
  })

  it('takes meaning, unit, range and default from the schema', () => {
    expect(fieldAt(flowersConfiguration, 'schedule.batchSize')).toEqual({
      kind: 'number',
      path: 'schedule.batchSize',
      name: 'batchSize',
      meaning: 'Real pictures in each update.',
      unit: 'pictures',
      initial: 32,
      whole: true,
      min: 1,
      max: 1024,
      optional: false
    })
  })

  it('knows which numbers may be off', () => {
    expect(fieldAt(flowersConfiguration, 'generatorOptimizer.clipNorm')).toMatchObject({
      kind: 'number',
      optional: true,
      initial: null,
      meaning: 'Shrinks each gradient to at most this Euclidean norm.'
    })
  })

  it('shows the fields of the optimiser that is chosen', () => {
    const withSgd = { ...flowersConfiguration, generatorOptimizer: { kind: 'sgd' } }
    expect(fieldAt(withSgd, 'generatorOptimizer.nesterov')).toMatchObject({ kind: 'flag', initial: false })
    expect(fieldAt(withSgd, 'generatorOptimizer.beta1')).toBeUndefined()
    expect(fieldAt(withSgd, 'generatorOptimizer.kind')).toMatchObject({ options: ['rmsprop', 'adam', 'sgd'] })
  })
})
