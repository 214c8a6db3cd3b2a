import * as tf from '@tensorflow/tfjs-core'
import { compilePortable } from '../../graph/compilePortable'
import { opset } from '../../graph/onnx/schema'
import { currentLayer } from '../../model/layerScope'
import { buildNetwork, disposeNetwork, forward, type Network } from '../../model/network'
import type { Program } from '../../step/program'
import type { ExportedFile } from './exportedFile'
import { baseNameOf, type ExportedModel, latentSizeOf } from './exportedModel'
import { exportFacts } from './exportFacts'

/** float: float32 in [−1, 1], as the network gives them · uint8: bytes, 0 … 255, ready to be shown. */
export type PictureType = 'float' | 'uint8'

export interface OnnxOptions {
  readonly pictures: PictureType
  /** The user's own words; empty for none. */
  readonly licence: string
}

/** An ONNX file, and how many pictures it makes at once where that is not free. */
export interface OnnxExport {
  readonly file: ExportedFile
  readonly fixedBatch: { readonly size: number; readonly reason: string } | null
}

/** x in [−1, 1] as the byte that the studio shows: ⌊127.5 · (x + 1) + ½⌋. */
const toBytes = (x: tf.Tensor): tf.Tensor => {
  const scaled = tf.mul(tf.add(tf.clipByValue(x, -1, 1), 1), 127.5)
  return tf.cast(tf.floor(tf.add(scaled, 0.5)), 'int32')
}

/** Latents z [batch, latentSize] to pictures [batch, size, size, channels]. */
function exportProgram(network: Network, batch: number, pictures: PictureType): Program<'z', 'pictures'> {
  const start = network.name.length + 1
  return {
    name: 'generator',
    inputs: { z: { dtype: 'float32', shape: [batch, ...network.analysis.inputShapes.get('input')!] } },
    variables: new Map(Array.from(network.variables, ([name, variable]) => [name.slice(start), variable])),
    outputs: ['pictures'],
    run: ({ z }) => {
      const made = forward(network, { input: z }, { training: false })
      return { pictures: pictures === 'uint8' ? toBytes(made) : made }
    }
  }
}

/**
 * The generator as an ONNX model: input `z` float32 [N, latentSize], output `pictures` [N, size, size, channels], weights
 * as initialisers under `<layer>/<weight>`, facts about it in `metadata_props`.
 *
 * @throws KwiatError `kernel-missing`
 */
export function encodeOnnx(model: ExportedModel, { pictures, licence }: OnnxOptions): OnnxExport {
  const network = buildNetwork('ema', model.analysis)
  try {
    const { bytes, fixedBatch } = compilePortable((batch) => exportProgram(network, batch, pictures), {
      name: baseNameOf(model),
      currentLayer,
      values: model.weights,
      outputTypes: pictures === 'uint8' ? { pictures: 'uint8' } : {},
      metadata: { ...exportFacts(model, licence), ...describeEnds(model, pictures) },
      producerVersion: model.manifest.versions.kwiat ?? ''
    })
    return { file: { name: `${baseNameOf(model)}.onnx`, parts: [bytes] }, fixedBatch }
  } finally {
    disposeNetwork(network)
  }
}

const describeEnds = (model: ExportedModel, pictures: PictureType): Record<string, string> => ({
  opset: String(opset),
  'input.z': `float32 [N, ${latentSizeOf(model)}], drawn from ${model.run.configuration.schedule.latentDistribution === 'normal' ? 'a standard Gaussian' : 'a uniform distribution of mean 0 and variance 1'}`,
  'output.pictures': `${pictures === 'uint8' ? 'uint8, 0 to 255' : 'float32 in [-1, 1]'}, [N, height, width, channels]`
})
