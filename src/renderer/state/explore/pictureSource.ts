import type { ExploredModel, Pictures } from '../../../shared/contract/explore'
import type { StudioClient } from '../../../shared/contract/studio'
import { toLatentBytes } from '../../../shared/latent/latentBytes'
import { rowOf } from '../../../shared/latent/rowOf'

/** One picture as bytes: uint8 [size, size, channels]. */
export interface Picture {
  readonly pixels: Uint8Array
  readonly size: number
  readonly channels: 1 | 3
}

/** A picture with the latent and the weights that made it. */
export interface MadePicture extends Picture {
  readonly latent: Float32Array
  readonly model: ExploredModel
  /** What it is called, as "seed 7, no. 3". */
  readonly name: string
}

export interface DrawOptions {
  /** For play: as fast as can be. */
  readonly live?: boolean
  readonly signal?: AbortSignal
}

/**
 * Asks for the pictures of latents.
 *
 * @param latents `[count, latentSize]`
 */
export async function drawPictures(
  client: StudioClient,
  model: ExploredModel,
  latents: Float32Array,
  { live = false, signal }: DrawOptions = {}
): Promise<Pictures> {
  return client.call('explore/pictures', { model, latents: toLatentBytes(latents), live }, { signal })
}

/** Picture `index` of several. */
export const pictureAt = ({ pixels, size, channels }: Pictures, index: number): Picture => ({
  pixels: rowOf(pixels, index, size * size * channels),
  size,
  channels
})

/** Latents one after the other, `[count, latentSize]`. */
export function joinLatents(latents: readonly Float32Array[]): Float32Array {
  const latentSize = latents[0]?.length ?? 0
  const joined = new Float32Array(latents.length * latentSize)
  for (const [i, latent] of latents.entries()) {
    joined.set(latent, i * latentSize)
  }
  return joined
}

/** The latents of `[count, latentSize]`, each as a copy of its own. */
export const splitLatents = (latents: Float32Array, latentSize: number): Float32Array[] =>
  Array.from({ length: latents.length / latentSize }, (_, i) => rowOf(latents, i, latentSize).slice())
