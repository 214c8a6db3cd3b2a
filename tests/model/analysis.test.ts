import { describe, expect, it } from 'vitest'
import { analyzeArchitecture, analyzeNetwork } from '../../src/main/model/analysis'
import { loadPreset } from '../../src/main/model/presets'
import { summarize } from '../../src/main/model/summary'
import { type LayerSpec, layerSchema } from '../../src/shared/architecture/layers'
import { KwiatError } from '../../src/shared/errors'
import { tinyArchitecture } from './tinyArchitecture'

const layersOf = (...layers: readonly object[]): LayerSpec[] => layers.map((layer) => layerSchema.parse(layer))

const generatorOf = (input: readonly number[], ...layers: readonly object[]) =>
  analyzeNetwork('generator', layersOf(...layers), new Map([['input', input]]))

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof KwiatError && error.code === 'architecture-invalid') {
      return error.message
    }
    throw error
  }
  throw new Error('expected architecture-invalid, got no error')
}

describe('analyzeArchitecture', () => {
  it('finds the seed notebook’s first mistake: a strided Conv2D where a Conv2DTranspose must be', () => {
    const { architecture } = loadPreset('chollet-32')
    const generator = architecture.generator.map((layer) =>
      layer.type === 'Conv2DTranspose'
        ? layersOf({ type: 'Conv2D', filters: 256, kernelSize: 4, strides: 2, padding: 'same' })[0]!
        : layer
    )
    expect(messageOf(() => analyzeArchitecture({ ...architecture, generator }))).toBe(
      'generator, layer conv2d_1 (Conv2D): expected an up-sampling layer, as Conv2DTranspose, on the way to a larger ' +
        'picture, got a Conv2D with strides, which makes the maps smaller (16×16×256 → 8×8×256); ' +
        'make it a Conv2DTranspose with the same fields.'
    )
  })

  it('finds the layer at which the discriminator runs out of pixels', () => {
    const { architecture } = loadPreset('chollet-32')
    const small = [...architecture.discriminator.slice(0, 8), ...architecture.discriminator.slice(6)]
    expect(messageOf(() => analyzeArchitecture({ ...architecture, discriminator: small }))).toBe(
      'discriminator, layer conv2d_4 (Conv2D): expected maps of at least 4 pixels a side for its window, got 2 pixels; ' +
        'use padding "same", a smaller window, or fewer strided layers before it.'
    )
  })

  it('refuses a discriminator that does not end in one logit', () => {
    const architecture = tinyArchitecture()
    const ending = (...layers: readonly object[]) =>
      messageOf(() =>
        analyzeArchitecture({
          ...architecture,
          discriminator: [...architecture.discriminator.slice(0, -1), ...layersOf(...layers)]
        })
      )
    expect(ending({ type: 'Dense', units: 2 })).toContain(
      'layer dense (Dense): expected an output of shape 1: one logit'
    )
    expect(ending({ type: 'Dense', units: 1, activation: 'sigmoid' })).toContain('applies the sigmoid itself')
    expect(ending({ type: 'Dense', units: 1 }, { type: 'Activation', activation: 'sigmoid' })).toContain(
      'layer activation (Activation)'
    )
  })

  it('refuses a network that no memory holds, and names its largest layer', () => {
    const architecture = { ...tinyArchitecture(), latentSize: 4096 }
    const wide = layersOf(
      { type: 'Dense', units: 65_536 },
      { type: 'Dense', units: 65_536 },
      { type: 'Dense', units: 64 }
    )
    const generator = [...wide, ...architecture.generator.slice(1)]
    expect(messageOf(() => analyzeArchitecture({ ...architecture, generator }))).toBe(
      'generator, layer dense_1 (Dense): expected a network of at most 268435456 parameters, ' +
        'got 4567728213, of which 4295032832 in this layer; use fewer units or filters.'
    )
  })
})

describe('analyzeNetwork', () => {
  it('names layers as Keras does and passes over names that are taken', () => {
    const { layers } = generatorOf(
      [4, 4, 1],
      { type: 'Conv2DTranspose', filters: 1, kernelSize: 1 },
      { type: 'LeakyReLU' },
      { type: 'PReLU' },
      { type: 'ReLU', name: 'conv2d_1' },
      { type: 'Conv2D', filters: 1, kernelSize: 1 },
      { type: 'Conv2D', filters: 1, kernelSize: 1 },
      { type: 'GlobalAveragePooling2D' }
    )
    expect(layers.map(({ name }) => name)).toEqual([
      'conv2d_transpose',
      'leaky_re_lu',
      'p_re_lu',
      'conv2d_1',
      'conv2d',
      'conv2d_2',
      'global_average_pooling2d'
    ])
  })

  const dense = { type: 'Dense', units: 2 }

  it.each([
    [
      'a name used twice',
      [
        { ...dense, name: 'a' },
        { ...dense, name: 'a' }
      ],
      'the name of an earlier layer'
    ],
    ['the name of an input', [{ ...dense, name: 'input' }], 'the name of a network input'],
    [
      'an unknown input',
      [dense, { ...dense, inputs: ['x'] }],
      'dense_1 (Dense): expected inputs among input, dense, got x'
    ],
    [
      'a later layer as input',
      [
        { ...dense, inputs: ['b'] },
        { ...dense, name: 'b' }
      ],
      'expected inputs among input, got b'
    ],
    ['labels where there are none', [{ ...dense, inputs: ['label'] }], 'expected inputs among input, got label'],
    ['an output that nobody reads', [dense, { ...dense, inputs: ['input'] }], 'dense (Dense): expected a later layer'],
    ['an embedding of numbers', [{ type: 'Embedding', inputDim: 3, outputDim: 2 }], 'expected class numbers'],
    ['two inputs of one', [{ ...dense, inputs: ['input', 'input'] }], 'expected one input, got 2 inputs'],
    ['one input of two', [{ type: 'Add' }], 'expected two or more inputs, got 1'],
    ['numbers where maps must be', [{ type: 'UpSampling2D' }], 'expected maps of shape height×width×channels, got 12'],
    [
      'a reshape of another size',
      [{ type: 'Reshape', targetShape: [5, 2] }],
      'expected an input of 10 numbers for its target shape 5×2, got 12 (12)'
    ],
    ['a permutation of other axes', [{ type: 'Permute', dims: [2, 1] }], 'got [2, 1]'],
    ['shared axes beyond the last', [{ type: 'PReLU', sharedAxes: [3] }], 'expected shared axes from 1 to 1'],
    ['a sum of unlike shapes', [dense, { type: 'Add', inputs: ['input', 'dense'] }], 'got 12 and 2'],
    [
      'a joint of the batch',
      [{ type: 'Concatenate', axis: 0, inputs: ['input', 'input'] }],
      'expected an axis from 1 to 1'
    ]
  ])('refuses %s and names the layer', (_, layers, message) => {
    expect(messageOf(() => generatorOf([12], ...layers))).toContain(message)
  })

  it.each([
    [
      'borders wider than the maps',
      [{ type: 'Cropping2D', cropping: 2 }],
      'expected maps larger than its borders of 4×4 pixels, got 4×4'
    ],
    [
      'strides with dilation',
      [{ type: 'Conv2D', filters: 1, kernelSize: 2, strides: 2, dilationRate: 2 }],
      'expected strides or dilation, got both'
    ],
    [
      'a joint of unlike maps',
      [{ type: 'MaxPooling2D' }, { type: 'Concatenate', inputs: ['input', 'max_pooling2d'] }],
      'got 4×4×1 and 2×2×1'
    ]
  ])('refuses %s and names the layer', (_, layers, message) => {
    expect(messageOf(() => generatorOf([4, 4, 1], ...layers))).toContain(message)
  })
})

describe('summarize', () => {
  it('gives a row for the input, each layer, and the sigmoid that the loss applies', () => {
    const [generator, discriminator] = summarize(analyzeArchitecture(tinyArchitecture()))
    expect(
      generator!.rows.map(({ name, outputShape, parameters }) => [name, outputShape.join('×'), parameters])
    ).toEqual([
      ['input', '3', 0],
      ['dense', '64', 192],
      ['reshape', '8×8×1', 0],
      ['batch_normalization', '8×8×1', 4],
      ['leaky_re_lu', '8×8×1', 0],
      ['conv2d_transpose', '16×16×1', 17]
    ])
    expect(generator).toMatchObject({
      role: 'generator',
      parameters: 213,
      trainableParameters: 211,
      multiplyAdds: 1216
    })
    expect(generator!.rows.at(-1)!.type).toBe('Conv2DTranspose, tanh')
    expect(discriminator!.rows.at(-1)).toMatchObject({ type: 'sigmoid (in the loss)', outputShape: [1], parameters: 0 })
  })

  it('shows what a layer reads where that is not the row before it', () => {
    const generator = generatorOf([2], { type: 'Dense', units: 2 }, { type: 'Add', inputs: ['dense', 'input'] })
    const { discriminator } = analyzeArchitecture(tinyArchitecture())
    const [summary] = summarize({ generator, discriminator })
    expect(summary!.rows.map(({ reads }) => reads)).toEqual([[], [], ['dense', 'input']])
  })
})
