import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExportedModel, readExportedModel } from '../../../src/main/checkpoints/export/exportedModel'
import { OpenModel } from '../../../src/main/services/explore/openModel'
import { parseRunConfiguration } from '../../../src/shared/config/parse'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import { Random } from '../../../src/shared/random/random'
import { tinyArchitecture } from '../../model/tinyArchitecture'
import { savedRun } from '../../services/explore/savedRun'
import { tinyRun } from '../../train/support/sessions'

export const presetNames = ['flowers-32', 'chollet-32', 'dcgan-32', 'dcgan-64'] as const

export async function presetConfiguration(name: string): Promise<RunConfiguration> {
  return parseRunConfiguration(JSON.parse(await readFile(join('resources', 'presets', `${name}.json`), 'utf8')))
}

/** A generator with most kinds of layers, branches among them, that all formats can express; `more` stand before its end. */
export const manyLayers = (...more: object[]): RunConfiguration =>
  tinyRun({
    architecture: {
      ...tinyArchitecture(),
      generator: [
        { type: 'Dense', units: 128, useBias: false, name: 'first' },
        { type: 'BatchNormalization', center: false, scale: false },
        { type: 'LeakyReLU' },
        { type: 'Reshape', targetShape: [4, 4, 8] },
        { type: 'Conv2DTranspose', filters: 8, kernelSize: 4, strides: 2, padding: 'same', name: 'wide' },
        { type: 'BatchNormalization', epsilon: 1e-4, name: 'normal' },
        { type: 'PReLU', sharedAxes: [1, 2] },
        { type: 'SeparableConv2D', filters: 8, kernelSize: 3, padding: 'same', activation: 'swish', name: 'apart' },
        { type: 'Add', inputs: ['apart', 'normal'], name: 'sum' },
        { type: 'DepthwiseConv2D', kernelSize: 3, padding: 'same', depthMultiplier: 2, activation: 'relu6' },
        { type: 'Dropout', rate: 0.3 },
        { type: 'ELU' },
        { type: 'UpSampling2D' },
        {
          type: 'ZeroPadding2D',
          padding: [
            [1, 2],
            [0, 1]
          ]
        },
        {
          type: 'Cropping2D',
          cropping: [
            [1, 2],
            [0, 1]
          ]
        },
        { type: 'Conv2D', filters: 4, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'selu' },
        ...(more as []),
        { type: 'Conv2D', filters: 1, kernelSize: 3, padding: 'same', activation: 'tanh' }
      ]
    }
  })

/** A saved run's averaged generator, and the folder that it stands in. */
export async function savedModel(configuration: RunConfiguration): Promise<{ from: string; model: ExportedModel }> {
  const data = { source: 'flowers', fingerprint: 'f1'.repeat(32) }
  const { checkpoint } = await savedRun(configuration, undefined, data)
  return { from: checkpoint, model: await readExportedModel(checkpoint, 'ema') }
}

export const latentsFor = ({ architecture }: RunConfiguration, count: number): Float32Array =>
  new Random(7, 'generate').normals(count * architecture.latentSize)

/** What the studio shows for these latents, 0 … 255. */
export async function studioPictures(from: string, latents: Float32Array): Promise<Uint8Array> {
  const model = await OpenModel.open({ checkpoint: from, weights: 'ema' })
  try {
    return (await model.pictures(latents)).pixels
  } finally {
    await model.close()
  }
}

/** The largest |a − b|. */
export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) {
    throw new Error(`expected as many numbers, got ${a.length} and ${b.length}`)
  }
  return Array.from(a).reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0)
}
