import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { encodeOnnx, type PictureType } from '../../../src/main/checkpoints/export/onnx'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import {
  largestDifference,
  latentsFor,
  manyLayers,
  presetConfiguration,
  presetNames,
  savedModel,
  studioPictures
} from './support'

/** The exported file's own pictures in onnxruntime, and the studio's, for as many latents. */
async function bothPictures(configuration: RunConfiguration, count: number, pictures: PictureType) {
  const { from, model } = await savedModel(configuration)
  const latents = latentsFor(configuration, count)
  const { file, fixedBatch } = encodeOnnx(model, { pictures, licence: 'CC0' })
  const session = await ort.InferenceSession.create(Buffer.concat(file.parts), { intraOpNumThreads: 1 })
  const z = new ort.Tensor('float32', latents, [count, configuration.architecture.latentSize])
  const { pictures: made } = await session.run({ z })
  await session.release()
  return { made: made!, expected: await studioPictures(from, latents), fixedBatch }
}

const asBytes = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values, (x) => 127.5 * (Math.min(1, Math.max(-1, x)) + 1))

describe('a generator exported as ONNX', () => {
  it.each(presetNames)('gives the studio’s pictures of %s within 1/255, with a free batch', async (name) => {
    const { made, expected, fixedBatch } = await bothPictures(await presetConfiguration(name), 3, 'float')
    expect(fixedBatch).toBeNull()
    const { pictureSize, channels } = await presetConfiguration(name).then(({ architecture }) => architecture)
    expect(made.dims).toEqual([3, pictureSize, pictureSize, channels])
    // The studio's bytes are rounded: half a step of the difference is theirs.
    expect(largestDifference(asBytes(made.data as Float32Array), expected)).toBeLessThan(1)
  })

  it('gives bytes where they are asked for', async () => {
    const { made, expected } = await bothPictures(await presetConfiguration('flowers-32'), 2, 'uint8')
    expect(made.type).toBe('uint8')
    expect(largestDifference(made.data as Uint8Array, expected)).toBeLessThanOrEqual(1)
  })

  it.each([1, 5])('expresses layers of most kinds, for %i pictures at once', async (count) => {
    const { made, expected, fixedBatch } = await bothPictures(manyLayers(), count, 'float')
    expect(fixedBatch).toBeNull()
    expect(largestDifference(asBytes(made.data as Float32Array), expected)).toBeLessThan(1)
  })

  it('names its weights after their layers and says what it is', async () => {
    const { model } = await savedModel(manyLayers())
    const text = Buffer.concat(encodeOnnx(model, { pictures: 'float', licence: 'CC0' }).file.parts).toString('latin1')
    for (const part of [
      'first/kernel',
      'normal/moving_mean',
      'licence',
      'CC0',
      'data.fingerprint',
      'opset',
      'latent.size'
    ]) {
      expect(text).toContain(part)
    }
  })
})
