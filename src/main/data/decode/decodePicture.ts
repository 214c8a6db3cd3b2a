import sharp, { type Sharp } from 'sharp'
import type { DataConfiguration } from '../../../shared/config/runConfiguration'
import { maxPicturePixels } from '../limits'
import { reasonOf } from '../reasonOf'
import { bmpSize, decodeBmp } from './bmp'
import type { Picture, PictureSize, RawPicture, RefusalReason } from './picture'
import { pictureFormatOf, readableFormats } from './pictureFormat'

/** What every picture of a set becomes. */
export interface PictureShape {
  /** Side in pixels. */
  readonly size: number
  /** 3 for sRGB, 1 for grey. */
  readonly channels: 1 | 3
  /** How a picture that is not square becomes one. */
  readonly crop: DataConfiguration['crop']
}

export interface DecodedPicture {
  /** [size, size, channels] */
  readonly pixels: Uint8Array
  /** Size before it was made square and scaled. */
  readonly original: PictureSize
}

const fits = { centre: 'cover', pad: 'contain', stretch: 'fill' } as const

/**
 * Sets up the decoder for the whole process: pictures are decoded side by side, so that each gets one thread, and none
 * comes twice, so that a cache would only take memory.
 */
export function prepareDecoder(): void {
  sharp.concurrency(1)
  sharp.cache(false)
}

/**
 * Decodes a picture, turns it the right way up (EXIF), makes it square and scales it (Lanczos with a = 3 to shrink,
 * bicubic to enlarge). Only the first frame of an animation counts; what is transparent becomes black, as padding is. A
 * picture that is too large is refused by its header, before any pixel is decoded.
 */
export async function decodePicture(picture: Picture, shape: PictureShape): Promise<DecodedPicture | RefusalReason> {
  try {
    return await (picture.kind === 'raw' ? decodeRaw(picture, shape) : decodeFile(picture.bytes, shape))
  } catch (error) {
    return { code: 'picture-unreadable', reason: reasonOf(error) }
  }
}

async function decodeFile(bytes: Uint8Array, shape: PictureShape): Promise<DecodedPicture | RefusalReason> {
  switch (pictureFormatOf(bytes)) {
    case null:
      return { code: 'picture-unreadable', reason: `not one of ${readableFormats} by its content` }
    case 'BMP':
      return tooLarge(bmpSize(bytes)) ?? decodeRaw(decodeBmp(bytes), shape)
    default:
      return decodeEncoded(bytes, shape)
  }
}

async function decodeEncoded(bytes: Uint8Array, shape: PictureShape): Promise<DecodedPicture | RefusalReason> {
  const { autoOrient: original } = await sharp(bytes, { limitInputPixels: false }).metadata()
  const decoder = () => sharp(bytes, { limitInputPixels: maxPicturePixels, failOn: 'error' }).autoOrient()
  return tooLarge(original) ?? { pixels: await toShape(decoder(), shape), original }
}

async function decodeRaw(raw: RawPicture, shape: PictureShape): Promise<DecodedPicture> {
  const { width, height, channels, pixels } = raw
  const isInShape = width === shape.size && height === shape.size && channels === shape.channels
  return {
    pixels: isInShape ? pixels : await toShape(sharp(pixels, { raw: { width, height, channels } }), shape),
    original: { width, height }
  }
}

const tooLarge = ({ width, height }: PictureSize): RefusalReason | null =>
  width * height <= maxPicturePixels
    ? null
    : {
        code: 'picture-too-large',
        reason: `${width} × ${height} pixels, more than the ${Math.floor(maxPicturePixels / 1e6)} million that Kwiat decodes`
      }

function toShape(decoder: Sharp, { size, channels, crop }: PictureShape): Promise<Buffer> {
  return decoder
    .flatten({ background: 'black' })
    .resize(size, size, { fit: fits[crop], position: 'centre', background: 'black' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer()
}
