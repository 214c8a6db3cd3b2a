import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import type { LayerSpec } from '../../../shared/architecture/layers'
import { KwiatError } from '../../../shared/errors'
import type { LayerAnalysis, NetworkAnalysis } from '../../model/analysis'
import { useHostBackend } from '../../model/hostBackend'
import { layerOperation } from '../../model/layerOperations'
import { type ExportedFile, jsonFile } from './exportedFile'
import type { ExportedModel } from './exportedModel'
import { exportFacts } from './exportFacts'

const weightsFile = 'weights.bin'

/** tfjs' layers that normalise fail without γ or β. */
const isNormalization = (spec: LayerSpec) => spec.type === 'BatchNormalization' || spec.type === 'LayerNormalization'

/** The same layer with γ and β, of which those that it has not are 1 and 0. */
const withAffine = (spec: LayerSpec): LayerSpec =>
  isNormalization(spec) ? { ...spec, center: true, scale: true } : spec

/** Why tfjs' own layer does not compute what this one does; null where it does. */
function obstacleOf(spec: LayerSpec): string | null {
  return spec.type === 'ELU' && spec.alpha !== 1 ? `an ELU with α = ${spec.alpha}; tfjs has α = 1 only` : null
}

/** Layers that tfjs refuses where they do nothing. */
const isIdle = ({ spec, inputShapes }: LayerAnalysis): boolean =>
  spec.type === 'Flatten' && inputShapes[0]!.length === 1

/** tfjs' layer under the studio's name. */
function namedLayer({ name, spec }: LayerAnalysis): tfl.layers.Layer {
  const obstacle = obstacleOf(spec)
  if (obstacle !== null) {
    throw new KwiatError('export-unsuited', {
      who: `layer ${name} (${spec.type})`,
      expected: 'layers that TensorFlow.js has',
      actual: obstacle,
      todo: 'export as ONNX, Keras or safetensors'
    })
  }
  const { layer } = layerOperation(withAffine(spec))
  layer.name = name
  return layer
}

/** The network as tfjs' functional model, its weights still zero, with the layers that hold weights. */
function functionalModel({ role, inputShapes, layers }: NetworkAnalysis) {
  const inputs = Array.from(inputShapes, ([name, shape]) => [name, tfl.input({ shape: [...shape], name })] as const)
  const results = new Map<string, tfl.SymbolicTensor>(inputs)
  const named = new Map<string, tfl.layers.Layer>()
  for (const analysis of layers) {
    const read = analysis.inputs.map((input) => results.get(input)!)
    if (isIdle(analysis)) {
      results.set(analysis.name, read[0]!)
      continue
    }
    const layer = namedLayer(analysis)
    named.set(analysis.name, layer)
    const result = layer.apply(read.length === 1 ? read[0]! : read)
    if (!(result instanceof tfl.SymbolicTensor)) {
      throw new Error(`${analysis.name}: expected one symbolic tensor, got something else`)
    }
    results.set(analysis.name, result)
  }
  const model = tfl.model({
    name: role,
    inputs: inputs.map(([, input]) => input),
    outputs: results.get(layers.at(-1)!.name)!
  })
  return { model, named }
}

/** The layer's weight, or what stands for one that it has not: γ = 1, β = 0. */
function weightOf(
  model: ExportedModel,
  layer: string,
  variable: { readonly originalName: string; readonly shape: readonly (number | null)[] }
): tf.Tensor {
  const name = variable.originalName.slice(variable.originalName.lastIndexOf('/') + 1)
  const shape = variable.shape.map((length) => length ?? 0)
  const known = model.weights.get(`${layer}/${name}`)
  if (known !== undefined) {
    return tf.tensor(known.data, [...known.shape], 'float32')
  }
  return name === 'gamma' ? tf.ones(shape) : tf.zeros(shape)
}

async function artifactsOf(model: ExportedModel): Promise<tf.io.ModelArtifacts> {
  useHostBackend()
  const { model: layersModel, named } = functionalModel(model.analysis)
  try {
    for (const [name, layer] of named) {
      const values = layer.weights.map((variable) => weightOf(model, name, variable))
      layer.setWeights(values)
      tf.dispose(values)
    }
    return await new Promise((resolve, reject) => {
      const take = async (artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
        resolve(artifacts)
        return { modelArtifactsInfo: { dateSaved: new Date(model.manifest.created), modelTopologyType: 'JSON' } }
      }
      layersModel.save(tf.io.withSaveHandler(take)).catch(reject)
    })
  } finally {
    layersModel.dispose()
  }
}

/**
 * The generator as a LayersModel of TensorFlow.js, as `tf.loadLayersModel` reads it: `model.json`, which names its file
 * of weights, and `weights.bin`. tfjs itself writes the layers and the weights.
 *
 * @param licence the user's own words; empty for none
 * @throws KwiatError `export-unsuited` naming the first layer that tfjs has not
 */
export async function encodeTfjs(model: ExportedModel, licence: string): Promise<ExportedFile[]> {
  const { modelTopology, format, generatedBy, weightSpecs, weightData } = await artifactsOf(model)
  const bytes = tf.io.CompositeArrayBuffer.join(weightData)
  return [
    jsonFile('model.json', {
      modelTopology,
      format,
      generatedBy: `Kwiat; ${generatedBy}`,
      convertedBy: null,
      userDefinedMetadata: exportFacts(model, licence),
      weightsManifest: [{ paths: [weightsFile], weights: weightSpecs }]
    }),
    { name: weightsFile, parts: [new Uint8Array(bytes)] }
  ]
}
