import type { Pixels } from '../../state/checkpoints/difference'

/** The pixels of a picture of the page's own. */
export async function pixelsOf(url: string): Promise<Pixels> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) {
    throw new Error('canvas: expected a context for drawing, got none')
  }
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
