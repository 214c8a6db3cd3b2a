import { afterEach, describe, expect, it } from 'vitest'
import { fieldKey } from '../../../src/renderer/forms/fieldKey'
import { groupsFor, layerFields } from '../../../src/renderer/forms/fieldSpecs'
import { polishFields, polishUnits } from '../../../src/renderer/forms/polishFields'
import { stories } from '../../../src/renderer/forms/stories'
import { formText } from '../../../src/renderer/forms/text'
import { speak } from '../../../src/renderer/text/translated.svelte'
import { type Initializer, layerSchema } from '../../../src/shared/architecture/layers'
import { newLayer } from '../../../src/shared/architecture/newLayer'
import { optimizerSchema } from '../../../src/shared/config/optimizer'
import { flowersConfiguration } from '../support/configurations'

/** All fields that any form can show. */
const fields = optimizerSchema.options.flatMap(({ shape }) =>
  groupsFor({ ...flowersConfiguration, generatorOptimizer: { kind: shape.kind.value } }).flatMap(
    (group) => group.fields
  )
)
const keys = [...new Set(fields.map(({ path }) => fieldKey(path)))]

afterEach(() => speak('en'))

describe('every field of the forms', () => {
  it('has a name and a meaning in Polish', () => {
    expect(keys.filter((key) => polishFields[key] === undefined)).toEqual([])
    const units = new Set(fields.flatMap(({ unit }) => (unit === null ? [] : [unit])))
    expect([...units].filter((unit) => polishUnits[unit] === undefined)).toEqual([])
  })

  it.each(['en', 'pl'] as const)('has a long story in %s', (language) => {
    speak(language)
    expect(keys.filter((key) => (stories[key] ?? '').length < 60)).toEqual([])
  })
})

/** All fields that a form of a layer can show. */
const layerSpecs = layerSchema.options.flatMap(({ shape }) => {
  const initializers: readonly Initializer[] = [
    { kind: 'normal', mean: 0, deviation: 1 },
    { kind: 'uniform', low: 0, high: 1 },
    { kind: 'constant', value: 0 }
  ]
  return initializers.flatMap((initializer) => {
    const all = { kernelInitializer: initializer, gammaInitializer: initializer, alphaInitializer: initializer }
    return layerFields({ ...newLayer(shape.type.value), ...all })
  })
})

describe('every field of a layer', () => {
  it.each(['en', 'pl'] as const)('has a name and a meaning of its own in %s', (language) => {
    const english = new Map(layerSpecs.map((spec) => [spec, formText.meaning(spec)]))
    speak(language)
    const missing = layerSpecs.filter(
      (spec) => formText.meaning(spec) === '' || (language === 'pl' && formText.meaning(spec) === english.get(spec))
    )
    expect(missing.map(({ path }) => path)).toEqual([])
  })
})

it('says in Polish what may stand in a field, with a decimal comma', () => {
  speak('pl')
  const rate = fields.find(({ path }) => path === 'generatorOptimizer.learningRate') ?? null
  expect(formText.issue(rate, { expected: 'a number', actual: '20.5' })).toBe(
    'Oczekiwano: liczba od 1e-8 do 10; podano: 20,5.'
  )
})
