import type { ExploredModel } from '../../../shared/contract/explore'
import type { Params, StudioClient } from '../../../shared/contract/studio'
import { toLatentBytes } from '../../../shared/latent/latentBytes'

type ExportKind = Exclude<Params<'explore/export'>['as']['kind'], 'gif'>

const types: Readonly<Record<ExportKind, { readonly type: string; readonly ending: string }>> = {
  picture: { type: 'image/png', ending: 'png' },
  sheet: { type: 'image/png', ending: 'png' },
  json: { type: 'application/json', ending: 'json' },
  npy: { type: 'application/octet-stream', ending: 'npy' }
}

export const exportKinds = ['sheet', 'json', 'npy'] as const satisfies readonly ExportKind[]

/** A file to be saved. */
export interface ExportedFile {
  readonly blob: Blob
  /** With its ending. */
  readonly name: string
}

/** The bytes are copied, since a blob can't hold memory that others may share. */
export const blobOf = (bytes: Uint8Array, type: string): Blob => new Blob([Uint8Array.from(bytes)], { type })

/**
 * A file of latents or of their pictures.
 *
 * @param latents `[count, latentSize]`
 * @param name without an ending
 */
export async function exportLatents(
  client: StudioClient,
  kind: ExportKind,
  { model, latents }: { readonly model: ExploredModel; readonly latents: Float32Array },
  name: string
): Promise<ExportedFile> {
  const { type, ending } = types[kind]
  const { file } = await client.call('explore/export', { model, latents: toLatentBytes(latents), as: { kind } })
  return { blob: blobOf(file, type), name: `${name}.${ending}` }
}
