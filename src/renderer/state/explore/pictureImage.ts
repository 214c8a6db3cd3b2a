import type { Picture } from './pictureSource'

/** The picture as RGBA, for canvases; grey ones have three equal colours. */
export function toRgba({ pixels, size, channels }: Picture): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * size * size)
  for (let i = 0; i < size * size; i++) {
    for (let colour = 0; colour < 3; colour++) {
      rgba[4 * i + colour] = pixels[channels * i + (channels === 3 ? colour : 0)]!
    }
    rgba[4 * i + 3] = 255
  }
  return rgba
}

export const toImageData = (picture: Picture): ImageData => new ImageData(toRgba(picture), picture.size, picture.size)

/** The picture that RGBA of a square stands for. */
export function fromRgba(rgba: Uint8ClampedArray, size: number): Picture {
  const pixels = new Uint8Array(3 * size * size)
  for (let i = 0; i < size * size; i++) {
    pixels.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i)
  }
  return { pixels, size, channels: 3 }
}

/** Decodes a square PNG. */
export async function pictureOfPng(png: Uint8Array): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(png)], { type: 'image/png' }))
  const { width } = bitmap
  const context = new OffscreenCanvas(width, width).getContext('2d')
  if (context === null) {
    throw new Error('picture: expected a canvas to draw on, got none')
  }
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return fromRgba(context.getImageData(0, 0, width, width).data, width)
}
