import type { ExportOptions, ModelFormat } from '../../../shared/contract/exports'
import type { ExportedFile } from './exportedFile'
import { baseNameOf, type ExportedModel } from './exportedModel'
import { encodeSafetensorsExport } from './modelCard'
import { encodeOnnx } from './onnx'
import { encodeTfjs } from './tfjs'

/** An export that is in memory. */
export interface ModelExport {
  /** What its only file, or the folder of its files, is called. */
  readonly name: string
  readonly isFolder: boolean
  readonly files: readonly ExportedFile[]
  /** What the user should know of it; null for nothing. */
  readonly notice: string | null
}

const oneFile = (file: ExportedFile, notice: string | null = null): ModelExport => ({
  name: file.name,
  isFolder: false,
  files: [file],
  notice
})

const folder = (model: ExportedModel, ending: string, files: readonly ExportedFile[]): ModelExport => ({
  name: `${baseNameOf(model)}-${ending}`,
  isFolder: true,
  files,
  notice: null
})

function onnx(model: ExportedModel, { pictures, licence }: ExportOptions): ModelExport {
  const { file, fixedBatch } = encodeOnnx(model, { pictures, licence })
  const notice =
    fixedBatch === null ? null : `It makes ${fixedBatch.size} picture at a time only: ${fixedBatch.reason}.`
  return oneFile(file, notice)
}

const encoders: {
  readonly [Format in ModelFormat]: (model: ExportedModel, options: ExportOptions) => ModelExport | Promise<ModelExport>
} = {
  onnx,
  keras: async (model, { licence }) => {
    // The library for HDF5 is large; only who exports for Keras waits for it.
    const { encodeKeras } = await import('./keras/keras')
    return oneFile(await encodeKeras(model, licence))
  },
  tfjs: async (model, { licence }) => folder(model, 'tfjs', await encodeTfjs(model, licence)),
  safetensors: (model, { licence }) => folder(model, 'safetensors', encodeSafetensorsExport(model, licence))
}

/**
 * A generator in another program's format.
 *
 * @throws KwiatError `export-unsuited` where the format can't express a layer, naming it
 */
export const encodeModelExport = async (model: ExportedModel, options: ExportOptions): Promise<ModelExport> =>
  encoders[options.format](model, options)
