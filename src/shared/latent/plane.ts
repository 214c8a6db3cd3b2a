import { slerp } from './interpolate'

/** The latents at the corners of a plane. */
export interface PlaneCorners {
  readonly topLeft: Float32Array
  readonly topRight: Float32Array
  readonly bottomLeft: Float32Array
  readonly bottomRight: Float32Array
}

/**
 * The latent at a place of the plane that four latents span, bilinear on the sphere: along the upper and the lower edge,
 * then between the two.
 *
 * @param x 0 at the left … 1 at the right
 * @param y 0 at the top … 1 at the bottom
 */
export const planeAt = ({ topLeft, topRight, bottomLeft, bottomRight }: PlaneCorners, x: number, y: number) =>
  slerp(slerp(topLeft, topRight, x), slerp(bottomLeft, bottomRight, x), y)

/** Where a contact sheet looks. */
export interface Neighbourhood {
  readonly x: number
  readonly y: number
  /** Distance of two neighbouring pictures. */
  readonly step: number
  /** Pictures in a row and rows; odd, so that the place itself is in the middle. */
  readonly side: number
}

/** The latents around a place of the plane, row by row, `[side², latentSize]`; beyond an edge they stay at the edge. */
export function neighbourhoodOf(corners: PlaneCorners, { x, y, step, side }: Neighbourhood): Float32Array {
  const latentSize = corners.topLeft.length
  const latents = new Float32Array(side * side * latentSize)
  const inPlane = (value: number) => Math.min(1, Math.max(0, value))
  const offset = (index: number) => (index - (side - 1) / 2) * step
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const latent = planeAt(corners, inPlane(x + offset(column)), inPlane(y + offset(row)))
      latents.set(latent, (row * side + column) * latentSize)
    }
  }
  return latents
}
