import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { encodeTfjs } from '../../../src/main/checkpoints/export/tfjs'
import { buildNetwork } from '../../../src/main/model/network'
import { createGenerateProgram } from '../../../src/main/step/generateProgram'
import { createEngine } from '../../../src/main/train/createEngine'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import { float32 } from '../../../src/shared/tensor'
import { rejection } from '../../support/rejection'
import { largestDifference, latentsFor, manyLayers, presetConfiguration, savedModel } from './support'

/** What Kwiat's engine computes, in [−1, 1]. */
async function enginePictures(configuration: RunConfiguration, latents: Float32Array, count: number) {
  const { model } = await savedModel(configuration)
  const engine = await createEngine({ id: 'cpu' })
  const program = await engine.prepare(createGenerateProgram(buildNetwork('ema', model.analysis), count))
  const state = new Map(Array.from(model.weights, ([name, tensor]) => [`ema/${name}`, tensor]))
  const latent = float32(latents, [count, configuration.architecture.latentSize])
  const { pictures } = await program.run(await engine.createState(state), { latent })
  await engine.dispose()
  return pictures.data
}

/** What a page would compute that loads the exported files. */
async function loadedPictures(configuration: RunConfiguration, latents: Float32Array, count: number) {
  const { model } = await savedModel(configuration)
  const [topology, weights] = await encodeTfjs(model, 'CC0')
  const json = JSON.parse(Buffer.concat(topology!.parts).toString())
  const [{ paths, weights: weightSpecs }] = json.weightsManifest
  expect(paths).toEqual([weights!.name])
  const weightData = new Uint8Array(Buffer.concat(weights!.parts)).buffer
  const loaded = await loadLayersModel(tf.io.fromMemory({ ...json, weightSpecs, weightData }))
  const output = loaded.predict(tf.tensor2d(latents, [count, configuration.architecture.latentSize]))
  return { data: await (output as tf.Tensor).data(), names: loaded.layers.map(({ name }) => name) }
}

describe('a generator exported for TensorFlow.js', () => {
  it.each([
    ['flowers-32', () => presetConfiguration('flowers-32')],
    ['dcgan-32', () => presetConfiguration('dcgan-32')],
    ['most kinds of layers', async () => manyLayers({ type: 'LayerNormalization', center: false })]
  ])('loads as a LayersModel that agrees with the engine to 1e-5: %s', async (_, configurationOf) => {
    const configuration = await configurationOf()
    const latents = latentsFor(configuration, 2)
    const { data } = await loadedPictures(configuration, latents, 2)
    expect(largestDifference(data, await enginePictures(configuration, latents, 2))).toBeLessThan(1e-5)
  })

  it('keeps the names of the layers', async () => {
    const { names } = await loadedPictures(manyLayers(), latentsFor(manyLayers(), 1), 1)
    expect(names).toEqual(expect.arrayContaining(['input', 'first', 'wide', 'normal', 'apart', 'sum']))
  })

  it('refuses a layer that TensorFlow.js has not, by its name', async () => {
    const { model } = await savedModel(manyLayers({ type: 'ELU', alpha: 0.5, name: 'odd' }))
    const { parts } = await rejection('export-unsuited', () => encodeTfjs(model, ''))
    expect(parts.who).toBe('layer odd (ELU)')
  })
})
