import { expect, test } from 'vitest'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { examineModel, repairAll } from '../../src/main/services/models'
import { layerSchema } from '../../src/shared/architecture/layers'
import { newLayer } from '../../src/shared/architecture/newLayer'

/** chollet-32 with the seed notebook's first mistake. */
function strided() {
  const preset = loadPreset('chollet-32')
  const { architecture } = preset
  const generator = architecture.generator.map((layer) =>
    layer.type === 'Conv2DTranspose' ? layerSchema.parse(newLayer('Conv2D', layer)) : layer
  )
  return { ...preset, architecture: { ...architecture, generator } }
}

test('networks that do not fit together still get a card for each layer', () => {
  const { generator, problems, flops } = examineModel(strided(), 'pl')
  expect(generator.cards.map(({ outputShape }) => outputShape?.join('×'))).toEqual([
    ...['32768', '32768', '16×16×128', '16×16×256', '16×16×256'],
    ...['8×8×256', '8×8×256', '8×8×256', '8×8×256', '8×8×256', '8×8×256', '8×8×3']
  ])
  expect(problems.map(({ code, layer }) => [code, layer])).toEqual([
    ['strided-convolution-in-generator', 'conv2d_1'],
    ['output-size', 'conv2d_4']
  ])
  expect(generator.cards[5]!.problems).toEqual([0])
  expect(flops).toBeGreaterThan(0)
})

test('repairing all makes the strided convolution of the generator a transposed one, as it was', () => {
  const { configuration, applied } = repairAll(strided(), 'en')
  expect(applied).toEqual(['Make it a Conv2DTranspose'])
  expect(configuration).toEqual(loadPreset('chollet-32'))
})

test.each(presetNames)('%s has nothing to find', (name) => {
  expect(examineModel(loadPreset(name), 'en').problems).toEqual([])
})
