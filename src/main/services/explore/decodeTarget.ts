import { KwiatError } from '../../../shared/errors'
import { decodePicture, type PictureShape } from '../../data/decode/decodePicture'
import type { PictureBatch } from '../../train/sampler'

/**
 * Decodes a picture file into what a run's networks see of it.
 *
 * @param name for messages
 * @throws KwiatError `picture-unreadable`, `picture-too-large`
 */
export async function decodeTarget(file: Uint8Array, name: string, shape: PictureShape): Promise<PictureBatch> {
  const decoded = await decodePicture({ kind: 'encoded', bytes: file }, shape)
  if ('code' in decoded) {
    throw new KwiatError(decoded.code, {
      who: name,
      expected: 'a picture',
      actual: decoded.reason,
      todo: 'use another picture'
    })
  }
  const { size, channels } = shape
  return { pixels: Uint8Array.from(decoded.pixels), count: 1, size, channels }
}
