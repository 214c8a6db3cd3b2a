import { describe, expect, it, test } from 'vitest'
import { examineNetwork, parametersOf } from '../../src/main/model/examination'
import { explainLayers } from '../../src/main/model/explanations/explain'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { receptiveFields } from '../../src/main/model/receptiveField'
import { examineModel } from '../../src/main/services/models'
import { type LayerSpec, layerSchema } from '../../src/shared/architecture/layers'
import { languages } from '../../src/shared/language'
import { layers as layerCases, maps } from './layerCases'

const { architecture } = loadPreset('flowers-32')

const layersOf = (...layers: readonly object[]): LayerSpec[] => layers.map((layer) => layerSchema.parse(layer))

/** The layers of a network that takes `input`, with their explanations. */
function explained(specs: readonly LayerSpec[], language: (typeof languages)[number], input: readonly number[] = maps) {
  const network = examineNetwork('discriminator', specs, new Map([['input', input]]))
  const explanations = explainLayers(network, architecture, receptiveFields(network, 32), language)
  return network.layers.map((layer, i) => ({ layer, explanation: explanations[i]! }))
}

const separators = { en: ',', pl: '\u00a0' } as const
const grouped = (n: number, language: keyof typeof separators) =>
  String(n).replace(/\B(?=(\d{3})+$)/g, separators[language])

const cases: readonly (readonly [string, object])[] = [
  ...layerCases,
  ['Dropout', { rate: 0.4 }],
  ['Activation', { activation: 'sigmoid' }]
]

describe.each(languages)('in %s', (language) => {
  it.each(cases)('%s %j is explained by its own numbers', (type, fields) => {
    const [{ layer, explanation }] = explained(layersOf({ type, ...fields }), language) as [
      ReturnType<typeof explained>[number]
    ]
    const { does, why, values } = explanation
    for (const text of [does, why, values]) {
      expect(text).toMatch(/^\S.*[.!]$/)
      expect(text).not.toMatch(/undefined|null|NaN|Infinity|\[object|\?| {2}/)
    }
    const weights = parametersOf(layer.weights ?? [])
    if (weights > 0) {
      expect(does).toContain(grouped(weights, language))
    }
    const isElementwise = layer.outputShape?.join() === maps.join()
    const [height, width, channels] = layer.outputShape!
    if (!isElementwise && layer.outputShape!.length === 3) {
      expect(does).toContain(`${height}×${width}`)
      expect(does).toContain(String(channels))
    }
  })

  it('says that nothing can be said of a layer whose input is not known', () => {
    const specs = layersOf({ type: 'Reshape', targetShape: [3], inputs: ['nothing'] }, { type: 'Dense', units: 1 })
    const [first] = explained(specs, language)
    expect(first!.explanation).toMatchObject({ why: '', values: '' })
    expect(first!.explanation.does.length).toBeGreaterThan(20)
  })
})

test('the first layer of the seed’s generator answers its three questions', () => {
  const of = (language: (typeof languages)[number]) =>
    examineModel(loadPreset('chollet-32'), language).generator.cards[0]!.explanation
  expect(of('en')).toEqual({
    does: 'Turns 32 numbers into 32,768, enough for 128 maps of 16×16: 1,081,344 weights, biases included.',
    why: 'The 32 latent numbers have no place in a picture yet; this layer gives them one, so that convolutions can work on them.',
    values: '32,768 = 16·16·128. 16 is 1/2 of the final 32, so 1 layer that doubles the maps is enough.'
  })
  expect(of('pl')).toEqual({
    does: 'Zamienia 32 liczby na 32\u00a0768, czyli tyle, ile mieści 128 map 16×16: 1\u00a0081\u00a0344 wagi, z wyrazami wolnymi.',
    why: 'Liczby ukryte (32) nie mają jeszcze miejsca na obrazie; ta warstwa im je nadaje, żeby sploty miały na czym pracować.',
    values: '32\u00a0768 = 16·16·128. 16 to połowa końcowych 32, więc wystarczy 1 warstwa podwajająca mapy.'
  })
})

test('Polish counts as Poles do', () => {
  const dense = (units: number) =>
    explained(layersOf({ type: 'Dense', units }, { type: 'LeakyReLU' }), 'pl', [7])[0]!.explanation.values
  expect([1, 2, 5, 12, 22, 25, 112].map((units) => dense(units).split(':')[0])).toEqual([
    ...['1 jednostka', '2 jednostki', '5 jednostek', '12 jednostek', '22 jednostki', '25 jednostek', '112 jednostek']
  ])
})

test.each(presetNames)('every layer of %s is explained in each language', (name) => {
  for (const language of languages) {
    const { generator, discriminator } = examineModel(loadPreset(name), language)
    for (const { explanation } of [...generator.cards, ...discriminator.cards]) {
      expect(Math.min(...Object.values(explanation).map((text) => text.length))).toBeGreaterThan(5)
    }
  }
})
