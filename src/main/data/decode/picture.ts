/** In pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Pixels [height, width, channels] of 8 bits: grey, RGB or RGBA. */
export interface RawPicture extends PictureSize {
  readonly kind: 'raw'
  readonly channels: 1 | 3 | 4
  readonly pixels: Uint8Array
}

/** The bytes of a picture file. */
interface EncodedPicture {
  readonly kind: 'encoded'
  readonly bytes: Uint8Array
}

export type Picture = RawPicture | EncodedPicture

export const refusalCodes = ['picture-unreadable', 'picture-too-large'] as const

/** Why a picture can't be used. */
export interface RefusalReason {
  readonly code: (typeof refusalCodes)[number]
  /** What is wrong, as a phrase, as "premature end of JPEG image". */
  readonly reason: string
}

/** A picture that can't be used. It is listed, and the others go on. */
export interface Refusal extends RefusalReason {
  readonly kind: 'refused'
  readonly name: string
}

export const refuse = (name: string, code: Refusal['code'], reason: string): Refusal => ({
  kind: 'refused',
  name,
  code,
  reason
})
