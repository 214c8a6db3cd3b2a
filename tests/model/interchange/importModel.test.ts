import { describe, expect, it, test } from 'vitest'
import { findProblems } from '../../../src/main/model/checks/registerChecks'
import { examineArchitecture } from '../../../src/main/model/examination'
import { importModel } from '../../../src/main/model/interchange/importModel'
import { toKwiatJson } from '../../../src/main/model/interchange/kwiatJson'
import { loadPreset, presetNames } from '../../../src/main/model/presets'
import { repairAll } from '../../../src/main/services/models'
import { KwiatError } from '../../../src/shared/errors'
import { createNames, functional, joined, type Layer, notebookPair, type Version } from './kerasModels'

const base = loadPreset('chollet-32')

const read = (...values: readonly unknown[]) =>
  importModel(
    values.map((value) => ({ name: 'model.json', text: typeof value === 'string' ? value : JSON.stringify(value) })),
    base
  )

const problemsOf = (configuration: typeof base) => {
  const memory = { neededBytes: null, freeBytes: 1, totalBytes: 1, fittingBatchSize: null }
  return findProblems({ ...examineArchitecture(configuration.architecture), configuration, memory })
}

describe.each<Version>([2, 3])('the seed notebook’s broken pair as Keras %i writes it', (version) => {
  const pair = notebookPair(version)

  it.each([
    ['two files', [pair.generator, pair.discriminator]],
    ['a list', [[pair.generator, pair.discriminator]]],
    ['the joined GAN', [joined(version)]]
  ])('is read from %s', (_, values) => {
    const { configuration, networks, unknownLayers } = read(...values)
    expect(networks).toEqual(['generator', 'discriminator'])
    expect(unknownLayers).toEqual([])
    expect(configuration.architecture).toMatchObject({ latentSize: 32, pictureSize: 32, channels: 3 })
    expect(configuration.architecture.discriminator).toEqual(base.architecture.discriminator)
  })

  it('has its mistakes on the right layers', () => {
    const { configuration } = read(pair.generator, pair.discriminator)
    expect(problemsOf(configuration).map(({ code, network, position }) => [code, network, position])).toEqual([
      // Conv2D(256, 4, strides=2) where a Conv2DTranspose must be …
      ['strided-convolution-in-generator', 'generator', 5],
      // … so that the generator ends at 8×8×3.
      ['output-size', 'generator', 10],
      // X = layers.LeakyReLU()(x) behind this one.
      ['linear-after-linear', 'generator', 7]
    ])
  })

  it('is told that `trainable = False` does the opposite of what its comment says', () => {
    const { notes } = read(pair.generator, pair.discriminator)
    const frozen = notes.filter(({ text }) => text.en.includes('trainable = False disables learning'))
    expect(frozen.map(({ network, layer }) => [network, layer])).toEqual([['discriminator', null]])
    expect(notes.find(({ text }) => text.en.includes('sigmoid'))).toMatchObject({ network: 'discriminator' })
  })

  it('becomes exactly chollet-32 when everything is repaired', () => {
    const { configuration } = read(pair.generator, pair.discriminator)
    const { configuration: repaired, applied } = repairAll(configuration, 'en')
    expect(applied).toEqual(['Make it a Conv2DTranspose', 'Put a LeakyReLU after it'])
    expect(repaired).toEqual(base)
  })
})

const one = (layers: readonly Layer[], inputShape = [32, 32, 3], version: Version = 3) =>
  read(functional({ version, name: 'model', inputShape, layers, nameFor: createNames() }))

const judge = (layers: readonly Layer[]) => one([...layers, ['Flatten', {}], ['Dense', { units: 1 }]])

describe('importModel', () => {
  it('keeps the network that is not in the file, and the settings', () => {
    const { configuration, networks } = judge([['LeakyReLU', { negative_slope: 0.1 }]])
    expect(networks).toEqual(['discriminator'])
    expect(configuration.architecture.generator).toEqual(base.architecture.generator)
    expect(configuration.architecture.discriminator[0]).toEqual({ type: 'LeakyReLU', alpha: 0.1 })
    expect(configuration.schedule).toEqual(base.schedule)
  })

  it('lists layers that Kwiat does not have by name, and leaves them out', () => {
    const { configuration, unknownLayers } = judge([
      ['GaussianNoise', { stddev: 0.1 }],
      ['LeakyReLU', {}]
    ])
    expect(unknownLayers).toEqual([{ network: 'discriminator', name: 'gaussiannoise', type: 'GaussianNoise' }])
    expect(configuration.architecture.discriminator.map(({ type }) => type)).toEqual(['LeakyReLU', 'Flatten', 'Dense'])
  })

  it('reads the layer inside of a wrapper that Kwiat does not have', () => {
    const inner = { class_name: 'Conv2D', config: { name: 'inner', filters: 4, kernel_size: [3, 3] } }
    const { configuration, unknownLayers } = judge([['SpectralNormalization', { layer: inner }]])
    expect(unknownLayers).toMatchObject([{ type: 'SpectralNormalization' }])
    expect(configuration.architecture.discriminator[0]).toMatchObject({ type: 'Conv2D', filters: 4, name: 'inner' })
  })

  it('says what of a layer could not be kept', () => {
    const { notes, configuration } = judge([
      [
        'Conv2D',
        { filters: 4, kernel_size: [3, 3], activation: 'exponential', kernel_regularizer: { class_name: 'L2' } }
      ],
      ['Conv2D', { filters: 4, kernel_size: [3, 3], kernel_initializer: { class_name: 'Orthogonal', config: {} } }]
    ])
    expect(notes.map(({ layer, text }) => [layer, text.en])).toEqual([
      ['conv2d', 'its activation “exponential” is not known; it is linear now'],
      ['conv2d', 'its kernel_regularizer was left out'],
      ['conv2d_1', 'its initialiser Orthogonal is not one of Kwiat’s; it is Keras’ default now']
    ])
    expect(configuration.architecture.discriminator[0]).toMatchObject({ kernelInitializer: { kind: 'glorot-uniform' } })
  })

  it('reads initialisers, activations and layers of every version', () => {
    const conv = (more: object): Layer => ['Conv2D', { filters: 4, kernel_size: [3, 3], padding: 'same', ...more }]
    const { configuration } = judge([
      conv({ kernel_initializer: { class_name: 'RandomNormal', config: { mean: 0, stddev: 0.02 } } }),
      conv({ kernel_initializer: 'he_normal', activation: 'silu' }),
      conv({
        kernel_initializer: {
          class_name: 'VarianceScaling',
          config: { scale: 1, mode: 'fanAvg', distribution: 'uniform' }
        },
        activation: { module: 'keras.layers', class_name: 'LeakyReLU', config: { negative_slope: 0.2 } }
      }),
      ['ReLU', { negative_slope: 0.1, max_value: null }],
      ['Activation', { activation: { class_name: 'function', config: 'hard_sigmoid' } }],
      ['AveragePooling2D', { pool_size: [2, 2], strides: [2, 2], padding: 'valid' }],
      [
        'ZeroPadding2D',
        {
          padding: [
            [1, 1],
            [1, 1]
          ]
        }
      ],
      ['Reshape', { target_shape: [-1] }]
    ])
    const layers = configuration.architecture.discriminator
    expect(layers.map(({ type }) => type)).toEqual([
      ...['Conv2D', 'Conv2D', 'Conv2D', 'LeakyReLU', 'LeakyReLU', 'Activation', 'AveragePooling2D', 'ZeroPadding2D'],
      ...['Flatten', 'Flatten', 'Dense']
    ])
    expect(layers[0]).toMatchObject({ kernelInitializer: { kind: 'normal', mean: 0, deviation: 0.02 } })
    expect(layers[1]).toMatchObject({ kernelInitializer: { kind: 'he-normal' }, activation: 'swish' })
    expect(layers[2]).toMatchObject({ kernelInitializer: { kind: 'glorot-uniform' }, activation: 'linear' })
    expect(layers[3]).toEqual({ type: 'LeakyReLU', alpha: 0.2 })
    expect(layers[4]).toEqual({ type: 'LeakyReLU', alpha: 0.1 })
    expect(layers[5]).toEqual({ type: 'Activation', activation: 'hardSigmoid' })
    expect(layers[6]).toMatchObject({ type: 'AveragePooling2D', poolSize: 2, padding: 'valid' })
    expect(layers[7]).toMatchObject({ type: 'ZeroPadding2D', padding: 1 })
  })

  it('reads branches by what they read, in whatever order the file has them', () => {
    const conv = (name: string) => ({ name, filters: 3, kernel_size: [3, 3], padding: 'same' })
    const layers = [
      { class_name: 'Dense', config: { name: 'end', units: 1 }, name: 'end', inbound_nodes: [[['flat', 0, 0, {}]]] },
      { class_name: 'Flatten', config: { name: 'flat' }, name: 'flat', inbound_nodes: [[['sum', 0, 0, {}]]] },
      {
        class_name: 'Add',
        config: { name: 'sum' },
        name: 'sum',
        inbound_nodes: [
          [
            ['b', 0, 0, {}],
            ['in', 0, 0, {}]
          ]
        ]
      },
      { class_name: 'Conv2D', config: conv('b'), name: 'b', inbound_nodes: [[['a', 0, 0, {}]]] },
      { class_name: 'Conv2D', config: conv('a'), name: 'a', inbound_nodes: [[['in', 0, 0, {}]]] },
      { class_name: 'Conv2D', config: conv('unused'), name: 'unused', inbound_nodes: [[['in', 0, 0, {}]]] },
      {
        class_name: 'InputLayer',
        config: { name: 'in', batch_input_shape: [null, 32, 32, 3] },
        name: 'in',
        inbound_nodes: []
      }
    ]
    const { configuration } = read({
      class_name: 'Model',
      config: { name: 'd', layers, output_layers: [['end', 0, 0]] }
    })
    expect(configuration.architecture.discriminator.map(({ name, type, inputs }) => [name ?? type, inputs])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['sum', ['b', 'input']],
      ['flat', undefined],
      ['end', undefined]
    ])
  })

  it('reads sequential models, those of early Keras too, and tfjs’ model.json', () => {
    const first = { class_name: 'Flatten', config: { name: 'flatten_3', batch_input_shape: [null, 16, 16, 1] } }
    const dense = { class_name: 'Dense', config: { name: 'dense_9', units: 1, activation: 'sigmoid' } }
    const expected = { pictureSize: 16, channels: 1, discriminator: [{ type: 'Flatten' }, { type: 'Dense', units: 1 }] }
    const early = { class_name: 'Sequential', config: [first, dense], keras_version: '2.1.0' }
    const later = { class_name: 'Sequential', config: { name: 'sequential', layers: [first, dense] } }
    const tfjs = {
      format: 'layers-model',
      modelTopology: { model_config: later, keras_version: '2.4.0' },
      weightsManifest: []
    }
    for (const value of [early, later, tfjs, { modelTopology: later }, JSON.stringify(JSON.stringify(later))]) {
      expect(read(value).configuration.architecture).toMatchObject(expected)
    }
    expect(read(tfjs).format).toBe('tfjs')
    expect(read(early).format).toBe('Keras 2.1.0')
  })

  test.each(presetNames)('%s comes back from Kwiat JSON as it went', (name) => {
    const preset = loadPreset(name)
    expect(read(toKwiatJson(preset))).toMatchObject({ configuration: preset, format: 'Kwiat, preset' })
    expect(read(preset.architecture).configuration).toEqual({ ...base, architecture: preset.architecture })
    expect(read({ format: 'kwiat-run', configuration: preset }).configuration).toEqual(preset)
  })
})

const nest = (depth: number, open: string, close: string, inside = '1') =>
  open.repeat(depth) + inside + close.repeat(depth)
const conv = (fields: object): unknown =>
  functional({
    version: 2,
    name: 'd',
    inputShape: [32, 32, 3],
    layers: [
      ['Conv2D', { filters: 4, kernel_size: [3, 3], ...fields }],
      ['Flatten', {}],
      ['Dense', { units: 1 }]
    ],
    nameFor: createNames()
  })

/** Models in models, each the only layer of the one around it. */
function nestedModels(depth: number): unknown {
  let model: unknown = conv({})
  for (let i = 0; i < depth; i++) {
    model = { class_name: 'Sequential', config: { name: 'm', layers: [model] } }
  }
  return model
}

describe('hostile files', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['10 MB', () => ' '.repeat(10_000_000), /expected a description of networks of at most 4.0 MB, got 10.0 MB/],
    ['lists nested 10,000 deep', () => nest(10_000, '[', ']'), /got more than 64 levels/],
    ['objects nested 10,000 deep', () => nest(10_000, '{"config":', '}'), /got more than 64 levels/],
    [
      'a model nested 10,000 deep',
      () => nest(10_000, '{"class_name":"Sequential","config":[', ']}'),
      /more than 64 levels/
    ],
    ['a million layers', () => `{"generator":[${'{},'.repeat(999_999)}{}],"latentSize":1}`, /more than 1000 items/],
    [
      'a thousand broken layers',
      () => `{"generator":[{"type":1}${',{"type":1}'.repeat(999)}],"latentSize":1}`,
      /architecture.*got/
    ],
    ['models nested too deep', () => nestedModels(12), /nested at most 8 deep/],
    ['negative sizes', () => conv({ filters: -4 }), /layer conv2d \(Conv2D\): expected fields .* got another filters/],
    ['huge sizes', () => conv({ filters: 1e15 }), /got another filters/],
    ['sizes that are no numbers', () => conv({ kernel_size: 'NaN' }), /got another kernelSize/],
    [
      'a picture of negative size',
      () =>
        functional({
          version: 2,
          name: 'd',
          inputShape: [-5, -5, 3],
          layers: [['Flatten', {}]],
          nameFor: createNames()
        }),
      /another pictureSize/
    ],
    [
      'a picture of huge size',
      () =>
        functional({
          version: 2,
          name: 'd',
          inputShape: [1e9, 1e9, 3],
          layers: [['Flatten', {}]],
          nameFor: createNames()
        }),
      /another pictureSize/
    ],
    ['no JSON', () => 'import os', /expected JSON, got something else/],
    ['other JSON', () => '{"name": "package"}', /got other JSON/],
    ['a graph model', () => ({ modelTopology: { node: [] } }), /got a graph model/],
    [
      'nothing that Kwiat has',
      () =>
        functional({
          version: 2,
          name: 'd',
          inputShape: [8, 8, 3],
          layers: [['constructor', {}]],
          nameFor: createNames()
        }),
      /only constructor/
    ]
  ])('%s: a clear error within a second', (_, make, message) => {
    const value = make()
    const start = performance.now()
    let thrown: unknown
    try {
      read(value)
    } catch (error) {
      thrown = error
    }
    expect(performance.now() - start).toBeLessThan(1000)
    expect(thrown).toBeInstanceOf(KwiatError)
    expect((thrown as KwiatError).message).toMatch(message)
    expect((thrown as KwiatError).message.length).toBeLessThan(1000)
  })

  it('cuts the wire of a layer that reads itself', () => {
    const config = { batch_input_shape: [null, 16, 16, 1] }
    const layer = { class_name: 'Add', name: 'a', config, inbound_nodes: [[['a', 0, 0, {}]]] }
    const { configuration } = read({ class_name: 'Model', config: { layers: [layer] } })
    expect(configuration.architecture.discriminator).toEqual([{ type: 'Add', name: 'a' }])
  })

  it('takes prototype keys for what they are: names', () => {
    const text = JSON.stringify(conv({ name: '__proto__' })).replaceAll(
      '"groups":1',
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'
    )
    const { configuration } = read(text)
    expect(configuration.architecture.discriminator[0]).toMatchObject({ type: 'Conv2D', filters: 4 })
    expect(Object.getOwnPropertyNames(configuration.architecture.discriminator[0])).not.toContain('__proto__')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(() => read('{"__proto__": {"latentSize": 3, "generator": [{"type": "Dense"}]}}')).toThrow(KwiatError)
  })
})
