import { describe, expect, it } from 'vitest'
import { LayerForm } from '../../../src/renderer/state/layerForm.svelte'
import { type LayerSpec, layerSchema } from '../../../src/shared/architecture/layers'

function formFor(input: unknown, original?: unknown) {
  let layer = layerSchema.parse(input)
  const applied: [string, unknown][] = []
  const form = new LayerForm(
    () => ({ layer, original: original === undefined ? null : layerSchema.parse(original) }),
    (field, value) => {
      applied.push([field, value])
      const { [field]: _, ...others }: Record<string, unknown> = { ...layer }
      layer = layerSchema.parse(value === null ? others : { ...others, [field]: value })
    }
  )
  const change = (other: unknown) => {
    layer = layerSchema.parse(other)
  }
  return { form, applied, change, layer: (): LayerSpec => layer }
}

const convolution = { type: 'Conv2D', filters: 64, kernelSize: 3 }
const fieldOf = (form: LayerForm, path: string) => form.fields.find((field) => field.path === path)!

describe('LayerForm', () => {
  it('has a field for all that a layer can be told, but not for its type and its inputs', () => {
    expect(formFor(convolution).form.fields.map(({ path, kind }) => [path, kind])).toEqual([
      ['layer.filters', 'number'],
      ['layer.kernelSize', 'numbers'],
      ['layer.strides', 'numbers'],
      ['layer.padding', 'choice'],
      ['layer.dilationRate', 'numbers'],
      ['layer.activation', 'choice'],
      ['layer.useBias', 'flag'],
      ['layer.kernelInitializer.kind', 'choice'],
      ['layer.name', 'text']
    ])
  })

  it('makes a form for every type of layer', () => {
    for (const { shape } of layerSchema.options) {
      const required = { units: 1, filters: 1, kernelSize: 1, rate: 0, inputDim: 1, outputDim: 1 }
      const lists = { targetShape: [1], dims: [1], activation: 'tanh' }
      const fields = Object.entries({ ...required, ...lists }).filter(([name]) => name in shape)
      const { form } = formFor({ type: shape.type.value, ...Object.fromEntries(fields) })
      expect(form.fields.map(({ name }) => name)).toContain('name')
    }
  })

  it.each([
    ['layer.kernelSize', '5', 5],
    ['layer.kernelSize', '3 × 5', [3, 5]],
    ['layer.kernelSize', '3, 5', [3, 5]],
    ['layer.filters', '128', 128],
    ['layer.name', ' paint ', 'paint']
  ])('applies %s typed as "%s"', (path, text, value) => {
    const { form, applied } = formFor(convolution)
    form.type(path, text)
    expect(applied).toEqual([[path.replace('layer.', ''), value]])
    expect([form.textAt(path), form.issueAt(path)]).toEqual([text, null])
  })

  it('takes lists as lists, and four numbers as the borders of four sides', () => {
    const reshape = formFor({ type: 'Reshape', targetShape: [4, 4, 8] })
    expect(reshape.form.textAt('layer.targetShape')).toBe('4, 4, 8')
    reshape.form.type('layer.targetShape', '128')
    expect(reshape.applied).toEqual([['targetShape', [128]]])
    const padding = formFor({ type: 'ZeroPadding2D' })
    padding.form.type('layer.padding', '1, 2, 3, 4')
    expect(padding.applied).toEqual([
      [
        'padding',
        [
          [1, 2],
          [3, 4]
        ]
      ]
    ])
    expect(padding.form.textAt('layer.padding')).toBe('1, 2, 3, 4')
  })

  it.each([
    ['layer.filters', '0', 'a whole number from 1 to 65 536'],
    ['layer.filters', 'many', 'a whole number from 1 to 65 536'],
    ['layer.filters', '', 'a whole number from 1 to 65 536'],
    ['layer.kernelSize', '3 3 3', '1 or 2 whole numbers from 1 to 64'],
    ['layer.name', '1st', 'letters, digits, _ and -, a letter first']
  ])('keeps %s as it was when "%s" is typed, and says what may stand there', (path, text, expected) => {
    const { form, applied } = formFor(convolution)
    form.type(path, text)
    expect([applied, form.textAt(path), form.issueAt(path)?.expected]).toEqual([[], text, expected])
  })

  it('forgets what is wrong when the layer becomes another, as by undoing', () => {
    const { form, change } = formFor(convolution)
    form.type('layer.filters', '0')
    change({ ...convolution, kernelSize: 5 })
    expect([form.issueAt('layer.filters'), form.textAt('layer.filters')]).toEqual([null, '64'])
  })

  it('takes optional fields away when they are emptied', () => {
    const { form, layer } = formFor({ ...convolution, name: 'paint' })
    form.type('layer.name', '')
    expect([layer().name, form.textAt('layer.name')]).toEqual([undefined, ''])
  })

  it('gives another kind of first weights its own numbers', () => {
    const { form, layer } = formFor(convolution)
    form.set('layer.kernelInitializer.kind', 'normal')
    expect(layer()).toMatchObject({ kernelInitializer: { kind: 'normal', mean: 0, deviation: 0.02 } })
    form.type('layer.kernelInitializer.deviation', '0,1')
    expect(layer()).toMatchObject({ kernelInitializer: { kind: 'normal', mean: 0, deviation: 0.1 } })
    form.reset(fieldOf(form, 'layer.kernelInitializer.kind'))
    expect(layer()).toMatchObject({ kernelInitializer: { kind: 'glorot-uniform' } })
  })

  it('marks what differs from what the layer was, and takes it back', () => {
    const { form, applied } = formFor({ ...convolution, filters: 32, name: 'b' }, convolution)
    const [filters, kernel, name] = ['filters', 'kernelSize', 'name'].map((field) => fieldOf(form, `layer.${field}`))
    expect([filters, kernel, name].map((field) => form.isChanged(field!))).toEqual([true, false, true])
    form.reset(filters!)
    form.reset(name!)
    expect(applied).toEqual([
      ['filters', 64],
      ['name', null]
    ])
  })
})
