import type { ExportedFile } from '../exportedFile'
import { baseNameOf, type ExportedModel } from '../exportedModel'
import { exportFacts } from '../exportFacts'
import { type ZipEntry, zipBytes } from '../zipFiles'
import { encodeHdf5 } from './hdf5'
import { kerasConfig, weightGroups } from './kerasConfig'

/** The version whose layout of files this is; checked with Keras 3.15. */
const kerasVersion = '3.15.1'

const file = (path: string, content: Uint8Array | string): ZipEntry => ({
  path,
  compress: false,
  content: () => [typeof content === 'string' ? Buffer.from(content) : content]
})

/** `model.weights.h5`: `layers/<class in snake case>/vars/0 …`, the layer's own name as an attribute of `vars`. */
function encodeWeights({ analysis, weights }: ExportedModel): Promise<Uint8Array> {
  const inputs = [...analysis.inputShapes.keys()].map((name) => ({ name, type: 'InputLayer' }))
  const layers = analysis.layers.map(({ name, spec }) => ({ name, type: spec.type }))
  const groups = weightGroups([...inputs, ...layers])
  const weightNames = new Map(analysis.layers.map((layer) => [layer.name, layer.weights.map(({ name }) => name)]))
  return encodeHdf5((root) => {
    const all = root.group('layers')
    for (const [name, group] of groups) {
      const vars = all.group(group).group('vars')
      vars.text('name', name)
      for (const [i, weight] of (weightNames.get(name) ?? []).entries()) {
        vars.tensor(String(i), weights.get(`${name}/${weight}`)!)
      }
    }
    root.group('vars').text('name', analysis.role)
  })
}

/**
 * The generator as a `.keras` file, as `keras.saving.load_model` reads it: a zip with `config.json`, `metadata.json` and
 * `model.weights.h5`, and `kwiat.json` with what is known of the run, which Keras passes over.
 *
 * @param licence the user's own words; empty for none
 * @throws KwiatError `export-unsuited` naming the first layer that Keras computes otherwise
 */
export async function encodeKeras(model: ExportedModel, licence: string): Promise<ExportedFile> {
  const metadata = { keras_version: kerasVersion, date_saved: dateOf(model.manifest.created) }
  const bytes = await zipBytes([
    file('metadata.json', JSON.stringify(metadata)),
    file('config.json', JSON.stringify(kerasConfig(model.analysis))),
    file('model.weights.h5', await encodeWeights(model)),
    file('kwiat.json', JSON.stringify(exportFacts(model, licence), null, 2))
  ])
  return { name: `${baseNameOf(model)}.keras`, parts: [bytes] }
}

/** Keras' way to write a time: "2026-01-31@12:00:00". */
const dateOf = (iso: string): string => iso.slice(0, 19).replace('T', '@')
