import { version_core as tfjsVersion } from '@tensorflow/tfjs-core'
import { env } from 'onnxruntime-node'
import { version } from '../../../package.json'

/** Versions of Kwiat and of what decides its numbers, by name; they are stored with runs and checkpoints. */
export const versions: Readonly<Record<string, string>> = {
  kwiat: version,
  tfjs: tfjsVersion,
  onnxruntime: env.versions.node ?? env.versions.common,
  node: process.versions.node
}
