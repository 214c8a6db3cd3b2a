import { KwiatError } from '../errors'

const elementBytes = Float32Array.BYTES_PER_ELEMENT

/** Latents as the bytes in which they cross from process to process: float32, little-endian, row by row. */
export const toLatentBytes = (latents: Float32Array): Uint8Array =>
  new Uint8Array(latents.slice().buffer as ArrayBuffer)

/**
 * The latents `[count, latentSize]` that bytes stand for.
 *
 * @param who what they belong to, for messages
 * @throws KwiatError `latents-invalid` when they aren't whole latents of this size, or a number in them isn't finite
 */
export function fromLatentBytes(bytes: Uint8Array, latentSize: number, who = 'latents'): Float32Array {
  if (bytes.byteLength === 0 || bytes.byteLength % (elementBytes * latentSize) !== 0) {
    throw new KwiatError('latents-invalid', {
      who,
      expected: `latents of ${latentSize} numbers, ${elementBytes * latentSize} bytes each`,
      actual: `${bytes.byteLength} bytes`,
      todo: 'use latents that were made with this model'
    })
  }
  // A copy, since the bytes may not lie where 32-bit numbers may.
  return checkFiniteLatents(new Float32Array(bytes.slice().buffer), who)
}

/** @throws KwiatError `latents-invalid` for NaN or infinity, of which a network makes no picture */
export function checkFiniteLatents(latents: Float32Array, who: string): Float32Array {
  const wrong = latents.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new KwiatError('latents-invalid', {
      who,
      expected: 'finite numbers',
      actual: `${latents[wrong]} at position ${wrong}`,
      todo: 'use other latents'
    })
  }
  return latents
}
