import { expect, test } from 'vitest'
import { loadPreset } from '../../../src/main/model/presets'
import { applyEdit, applyEdits, type Edit } from '../../../src/shared/architecture/edits'
import { type LayerSpec, layerSchema } from '../../../src/shared/architecture/layers'
import { newLayer } from '../../../src/shared/architecture/newLayer'

const layersOf = (...layers: readonly object[]): LayerSpec[] => layers.map((layer) => layerSchema.parse(layer))

/** The generator after edits of a generator of these layers. */
function edited(layers: readonly LayerSpec[], ...edits: readonly object[]): LayerSpec[] {
  const preset = loadPreset('flowers-32')
  const configuration = { ...preset, architecture: { ...preset.architecture, generator: [...layers] } }
  const all = edits.map((edit) => ({ network: 'generator', ...edit }) as Edit)
  return applyEdits(configuration, all).architecture.generator
}

const plain = layersOf({ type: 'Dense', units: 8 }, { type: 'LeakyReLU' }, { type: 'Dense', units: 4 })

/** a → b → c, and c also reads a. */
const branched = layersOf(
  { type: 'Dense', units: 8 },
  { type: 'Dense', units: 8, name: 'b' },
  { type: 'Add', inputs: ['b', 'dense'] }
)

test('a layer is inserted, removed and moved between others without names or inputs being written', () => {
  const tanh = layersOf({ type: 'Activation', activation: 'tanh' })[0]!
  expect(edited(plain, { kind: 'insert', position: 1, layer: tanh })).toEqual([plain[0], tanh, plain[1], plain[2]])
  expect(edited(plain, { kind: 'insert', position: 3, layer: tanh })).toEqual([...plain, tanh])
  expect(edited(plain, { kind: 'remove', position: 1 })).toEqual([plain[0], plain[2]])
  expect(edited(plain, { kind: 'move', position: 0, to: 2 })).toEqual([plain[1], plain[2], plain[0]])
  expect(edited(plain, { kind: 'move', position: 2, to: 0 })).toEqual([plain[2], plain[0], plain[1]])
})

test('a layer that is read by name keeps being read when another comes before it', () => {
  const dense = layersOf({ type: 'Dense', units: 8 })[0]!
  // Automatic names count: the new layer would take the name that the sum reads.
  expect(edited(branched, { kind: 'insert', position: 0, layer: dense })).toEqual(
    layersOf(
      { type: 'Dense', units: 8 },
      { type: 'Dense', units: 8, name: 'dense_1' },
      { type: 'Dense', units: 8, name: 'b' },
      { type: 'Add', inputs: ['b', 'dense_1'] }
    )
  )
})

test('what read a removed layer reads what that one read', () => {
  expect(edited(branched, { kind: 'remove', position: 1 })[1]).toMatchObject({
    type: 'Add',
    inputs: ['dense', 'dense']
  })
  expect(edited(branched, { kind: 'remove', position: 0 })[1]).toMatchObject({ type: 'Add', inputs: ['b', 'input'] })
})

test('a layer is inserted into the wire between two layers, whatever else they read', () => {
  const activation = layersOf({ type: 'LeakyReLU' })[0]!
  expect(edited(branched, { kind: 'insert', position: 2, layer: activation }).slice(2)).toEqual(
    layersOf({ type: 'LeakyReLU', name: 'leaky_re_lu' }, { type: 'Add', inputs: ['leaky_re_lu', 'dense'] })
  )
})

test('a layer that is renamed is read by its new name', () => {
  const [first, , sum] = edited(branched, { kind: 'field', position: 0, field: 'name', value: 'first' })
  expect(first).toMatchObject({ name: 'first' })
  expect(sum).toMatchObject({ inputs: ['b', 'first'] })
})

test('a replaced layer reads what the old one read; its fields are taken over where the new type has them', () => {
  const convolution = layersOf({ type: 'Conv2D', filters: 256, kernelSize: 4, strides: 2, padding: 'same' })[0]!
  const transposed = newLayer('Conv2DTranspose', convolution)
  expect(transposed).toEqual(
    layersOf({ type: 'Conv2DTranspose', filters: 256, kernelSize: 4, strides: 2, padding: 'same' })[0]
  )
  const replaced = edited(branched, { kind: 'replace', position: 2, layer: newLayer('Multiply') })
  expect(replaced[2]).toEqual({ type: 'Multiply', inputs: ['b', 'dense'] })
})

test('a field is set, an optional one taken away, and a value that it can’t have is refused', () => {
  expect(edited(plain, { kind: 'field', position: 0, field: 'units', value: 16 })[0]).toMatchObject({ units: 16 })
  expect(edited(branched, { kind: 'field', position: 2, field: 'inputs', value: null })[2]).toEqual({ type: 'Add' })
  expect(() => edited(plain, { kind: 'field', position: 0, field: 'units', value: 'many' })).toThrow()
  expect(() => edited(plain, { kind: 'field', position: 0, field: '__proto__', value: { units: 3 } })).toThrow()
})

test('any other setting is set by its path', () => {
  const preset = loadPreset('flowers-32')
  const edit: Edit = { kind: 'setting', path: ['loss', 'labelNoise'], value: 0.05 }
  expect(applyEdit(preset, edit).loss.labelNoise).toBe(0.05)
  expect(preset.loss.labelNoise).toBe(0)
})
