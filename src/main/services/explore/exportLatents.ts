import { encodeLatentsJson, type LatentsOrigin } from '../../latent/latentsFile'
import { encodeNpy } from '../../latent/npy'
import { encodeGif } from '../../train/pictureFilm'
import { encodePicture, encodeSheet } from '../../train/pictureSheet'
import type { OpenModel } from './openModel'

/** picture: a PNG of the first latent · sheet: a PNG of all · gif: all as frames · json, npy: the latents themselves. */
export type ExportKind =
  | { readonly kind: 'picture' | 'sheet' | 'json' | 'npy' }
  | { readonly kind: 'gif'; readonly framesPerSecond: number }

/** The bytes of a file of latents or of their pictures. */
export async function exportLatents(
  model: OpenModel,
  latents: Float32Array,
  as: ExportKind,
  origin: LatentsOrigin | null
): Promise<Uint8Array> {
  const { latentSize } = model
  const rows = { count: latents.length / latentSize, latentSize, latents }
  switch (as.kind) {
    case 'picture':
      return encodePicture(await model.pictures(latents.subarray(0, latentSize)), 0)
    case 'sheet':
      return encodeSheet(await model.pictures(latents))
    case 'gif':
      return encodeGif(await model.pictures(latents), as)
    case 'json':
      return encodeLatentsJson(rows, origin)
    case 'npy':
      return encodeNpy(rows)
    default:
      return as satisfies never
  }
}
