import { describe, expect, it } from 'vitest'
import { decodeHdf5 } from '../../../src/main/checkpoints/export/keras/hdf5'
import { encodeKeras } from '../../../src/main/checkpoints/export/keras/keras'
import { toSnakeCase } from '../../../src/main/checkpoints/export/keras/kerasConfig'
import { openZipTree } from '../../../src/main/data/trees/zipTree'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import { rejection } from '../../support/rejection'
import { writeTemporary } from '../../support/temporaryFolder'
import { manyLayers, presetConfiguration, savedModel } from './support'

async function exported(configuration: RunConfiguration) {
  const { model } = await savedModel(configuration)
  const { name, parts } = await encodeKeras(model, 'CC0')
  const zip = await openZipTree(await writeTemporary(name, Buffer.concat(parts)))
  const files = new Map<string, Buffer>()
  for await (const { path, chunks } of zip.read(() => true)) {
    const parts: Uint8Array[] = []
    for await (const chunk of chunks) {
      parts.push(chunk)
    }
    files.set(path, Buffer.concat(parts))
  }
  const json = (path: string) => JSON.parse(files.get(path)!.toString())
  const weights = await decodeHdf5(files.get('model.weights.h5')!)
  return { model, files, config: json('config.json'), metadata: json('metadata.json'), weights: weights! }
}

describe('a generator exported for Keras 3', () => {
  it('is a zip with the three files that Keras reads, none of them packed', async () => {
    const { files, metadata } = await exported(await presetConfiguration('flowers-32'))
    expect([...files.keys()].sort()).toEqual(['config.json', 'kwiat.json', 'metadata.json', 'model.weights.h5'])
    expect(metadata.keras_version).toMatch(/^3\./)
    expect(metadata.date_saved).toMatch(/^\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d$/)
  })

  it('holds every weight, bit for bit, under the path that Keras looks for', async () => {
    const { model, weights } = await exported(manyLayers())
    const nameOf = (path: string) => weights.names.get(path.slice(0, path.lastIndexOf('/')))
    for (const { name, weights: expected } of model.analysis.layers) {
      const found = weights.tensors.filter(({ path }) => nameOf(path) === name)
      expect(found.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))).toEqual(expected.map((_, i) => String(i)))
      for (const [i, { name: weight }] of expected.entries()) {
        expect(found[i]!.tensor).toEqual(model.weights.get(`${name}/${weight}`))
      }
    }
    const paths = weights.tensors.map(({ path }) => path)
    expect(paths).toContain('layers/batch_normalization_1/vars/3')
    expect(paths).toContain('layers/separable_conv2d/vars/1')
  })

  it('describes a functional model whose layers read each other as in the studio', async () => {
    const { config, model } = await exported(manyLayers())
    const { layers, input_layers: inputs, output_layers: outputs } = config.config
    expect([inputs, outputs]).toEqual([[['input', 0, 0]], [[model.analysis.layers.at(-1)!.name, 0, 0]]])
    const sum = layers.find(({ name }: { name: string }) => name === 'sum')
    const read = sum.inbound_nodes[0].args[0].map(
      (tensor: { config: { keras_history: string[] } }) => tensor.config.keras_history[0]
    )
    expect(read).toEqual(['apart', 'normal'])
  })

  it.each([
    ['hardSigmoid', { type: 'Activation', activation: 'hardSigmoid', name: 'odd' }],
    ['bilinear upsampling', { type: 'UpSampling2D', size: 1, interpolation: 'bilinear', name: 'odd' }]
  ])('refuses what Keras 3 computes otherwise, by the layer’s name: %s', async (_, layer) => {
    const { model } = await savedModel(manyLayers(layer))
    const { parts } = await rejection('export-unsuited', () => encodeKeras(model, ''))
    expect(parts.who).toContain('layer odd')
  })

  it.each([
    ['Dense', 'dense'],
    ['Conv2D', 'conv2d'],
    ['Conv2DTranspose', 'conv2d_transpose'],
    ['LeakyReLU', 'leaky_re_lu'],
    ['PReLU', 'p_re_lu'],
    ['BatchNormalization', 'batch_normalization'],
    ['InputLayer', 'input_layer']
  ])('writes %s as Keras does: %s', (className, snake) => {
    expect(toSnakeCase(className)).toBe(snake)
  })
})
