import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../../../src/renderer/forms/fieldSpecs'
import { ConfigurationForm } from '../../../src/renderer/state/configurationForm.svelte'
import { cholletConfiguration, flowersConfiguration } from '../support/configurations'

function fieldOf(form: ConfigurationForm, path: string): FieldSpec {
  const field = form.groups.flatMap(({ fields }) => fields).find((candidate) => candidate.path === path)
  if (field === undefined) {
    throw new Error(`no field ${path}`)
  }
  return field
}

describe('ConfigurationForm', () => {
  it('begins with the preset, unchanged and right', () => {
    const form = new ConfigurationForm(flowersConfiguration)
    expect([form.changedCount, form.issues, form.configuration]).toEqual([0, [], flowersConfiguration])
  })

  it('checks while one types, and keeps what was typed', () => {
    const form = new ConfigurationForm(flowersConfiguration)
    form.type('schedule.batchSize', '5000')
    expect(form.configuration).toBeNull()
    expect(form.issueAt('schedule.batchSize')).toMatchObject({
      expected: 'a whole number from 1 to 1024 (pictures)',
      actual: '5000'
    })
    expect(form.issueCount('schedule')).toBe(1)
    form.type('schedule.batchSize', '64.')
    expect(form.textAt('schedule.batchSize')).toBe('64.')
    expect(form.configuration?.schedule.batchSize).toBe(64)
  })

  it('says that a word is no number and that an empty field is none', () => {
    const form = new ConfigurationForm(flowersConfiguration)
    form.type('loss.labelNoise', 'much')
    expect(form.issueAt('loss.labelNoise')).toMatchObject({ actual: '"much"' })
    form.type('loss.labelNoise', '')
    expect(form.issueAt('loss.labelNoise')).toMatchObject({ actual: 'null' })
  })

  it('reads a decimal comma and an empty optional field', () => {
    const form = new ConfigurationForm(cholletConfiguration)
    form.type('loss.labelNoise', '0,1')
    form.type('generatorOptimizer.clipValue', '')
    expect(form.configuration?.loss.labelNoise).toBe(0.1)
    expect(form.configuration?.generatorOptimizer.clipValue).toBeNull()
  })

  it('marks what differs from the preset, and takes it back', () => {
    const form = new ConfigurationForm(flowersConfiguration)
    const field = fieldOf(form, 'schedule.steps')
    form.type('schedule.steps', '77')
    expect([form.isChanged(field), form.changedCount]).toEqual([true, 1])
    form.reset(field)
    expect([form.isChanged(field), form.textAt('schedule.steps')]).toEqual([false, '4000'])
  })

  it('changes the optimiser, keeping the fields that both kinds have', () => {
    const form = new ConfigurationForm(flowersConfiguration)
    form.set('generatorOptimizer.kind', 'sgd')
    expect(form.configuration?.generatorOptimizer).toEqual({
      kind: 'sgd',
      learningRate: 0.0004,
      decay: 0,
      warmup: 0,
      clipValue: null,
      clipNorm: null,
      momentum: 0,
      nesterov: false
    })
    form.reset(fieldOf(form, 'generatorOptimizer.kind'))
    expect(form.valueAt('generatorOptimizer.kind')).toBe('adam')
  })

  it('gives a wrong optimiser its defaults when its kind changes', () => {
    const form = new ConfigurationForm(flowersConfiguration)
    form.type('generatorOptimizer.learningRate', 'x')
    form.set('generatorOptimizer.kind', 'rmsprop')
    expect(form.issues).toEqual([])
    expect(form.textAt('generatorOptimizer.learningRate')).toBe('0.001')
  })
})
