/** A block of numbers as it is drawn: its front face, and how far it goes back. All in pixels of a drawing. */
export interface Block {
  readonly width: number
  readonly height: number
  readonly depth: { readonly x: number; readonly y: number }
}

/** The largest picture's side in a drawing. */
const longestSide = 30
const thinnest = 2
/** Length of each doubling of the channels. */
const doubling = 3.2
/** Direction in which channels go back: to the right and up, as a cupboard is drawn. */
const direction = { x: 0.82, y: 0.36 }

/** The box in which every block has room: up to 65 536 channels behind the largest picture. */
export const drawingBox = { width: 76, height: 52 }

/** Height, width and channels of a layer's output; a vector is one pixel of many channels. */
function extents(shape: readonly number[]): readonly [number, number, number] {
  const [height = 1, width = 1, channels = 1] = shape
  switch (shape.length) {
    case 3:
      return [height, width, channels]
    case 2:
      return [height, 1, width]
    default:
      return [1, 1, height]
  }
}

/**
 * A layer's output to scale: sides follow height and width, depth follows the logarithm of the channels, so that
 * 4×4×256 is a small long block and 32×32×3 a large thin plate.
 *
 * @param shape without the batch dimension
 * @param largestSide in pixels of pictures, of all blocks that are drawn to the same scale
 */
export function blockOf(shape: readonly number[], largestSide: number): Block {
  const [height, width, channels] = extents(shape)
  const side = (pixels: number) =>
    Math.min(longestSide, Math.max(thinnest, (pixels / Math.max(1, largestSide)) * longestSide))
  const depth = Math.max(thinnest, doubling * Math.min(16, Math.log2(Math.max(1, channels))))
  return { width: side(width), height: side(height), depth: { x: depth * direction.x, y: depth * direction.y } }
}

type Point = readonly [number, number]
const toPoints = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ')

/** The three faces that one sees, as the points of polygons, in the middle of `drawingBox`. */
export function facesOf({ width, height, depth }: Block): { readonly [Face in 'front' | 'top' | 'side']: string } {
  const left = (drawingBox.width - width - depth.x) / 2
  const bottom = (drawingBox.height + height + depth.y) / 2
  const [right, top] = [left + width, bottom - height]
  const back = ([x, y]: Point): Point => [x + depth.x, y - depth.y]
  const corners = { topLeft: [left, top], topRight: [right, top], bottomRight: [right, bottom] } as const
  return {
    front: toPoints([corners.topLeft, corners.topRight, corners.bottomRight, [left, bottom]]),
    top: toPoints([corners.topLeft, back(corners.topLeft), back(corners.topRight), corners.topRight]),
    side: toPoints([corners.topRight, back(corners.topRight), back(corners.bottomRight), corners.bottomRight])
  }
}
