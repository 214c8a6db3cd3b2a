import type { PictureShape } from './pictureSimilarity'

/** Burt & Adelson's generating kernel with a = 3/8: the binomial weights of order 4. */
const kernel = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]
const coarsestSide = 4

/** Mirrors a position at the borders: −1 → 1, size → size − 2. */
function mirrored(position: number, size: number): number {
  const last = size - 1
  const inside = position < 0 ? -position : position
  return inside > last ? 2 * last - inside : inside
}

/** Sides of the levels: halved while they are even and the next one isn't too small. */
function sidesOf(size: number): readonly number[] {
  const sides = [size]
  for (let side = size; side % 2 === 0 && side / 2 >= coarsestSide; side /= 2) {
    sides.push(side / 2)
  }
  return sides
}

/** The picture blurred by the kernel and every second pixel of it: [size / 2, size / 2, channels]. */
function reduced(picture: Float32Array, size: number, channels: number): Float32Array {
  const half = size / 2
  const rows = new Float32Array(size * half * channels)
  const result = new Float32Array(half * half * channels)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < half; x++) {
      for (let tap = 0; tap < 5; tap++) {
        const from = (y * size + mirrored(2 * x + tap - 2, size)) * channels
        for (let c = 0; c < channels; c++) {
          rows[(y * half + x) * channels + c]! += kernel[tap]! * picture[from + c]!
        }
      }
    }
  }
  for (let y = 0; y < half; y++) {
    for (let tap = 0; tap < 5; tap++) {
      const from = mirrored(2 * y + tap - 2, size) * half * channels
      for (let i = 0; i < half * channels; i++) {
        result[y * half * channels + i]! += kernel[tap]! * rows[from + i]!
      }
    }
  }
  return result
}

/** Positions and weights of what an enlarged row takes at `position` from a row of `size`: Burt & Adelson's EXPAND. */
function expandTaps(position: number, size: number): readonly (readonly [number, number])[] {
  const at = position >> 1
  return position % 2 === 0
    ? [
        [mirrored(at - 1, size), 1 / 8],
        [at, 6 / 8],
        [mirrored(at + 1, size), 1 / 8]
      ]
    : [
        [at, 1 / 2],
        [mirrored(at + 1, size), 1 / 2]
      ]
}

/** The picture twice as large, interpolated by the kernel. [2·size, 2·size, channels] */
function enlarged(picture: Float32Array, size: number, channels: number): Float32Array {
  const side = 2 * size
  const taps = Array.from({ length: side }, (_, position) => expandTaps(position, size))
  const result = new Float32Array(side * side * channels)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const to = (y * side + x) * channels
      for (const [row, rowWeight] of taps[y]!) {
        for (const [column, columnWeight] of taps[x]!) {
          const from = (row * size + column) * channels
          for (let c = 0; c < channels; c++) {
            result[to + c]! += rowWeight * columnWeight * picture[from + c]!
          }
        }
      }
    }
  }
  return result
}

/** Numbers in the features of a picture of this shape. */
export const pyramidFeatureCount = ({ size, channels }: PictureShape): number =>
  sidesOf(size).reduce((sum, side) => sum + side * side * channels, 0)

/**
 * A picture's Laplacian pyramid (Burt & Adelson 1983) as one vector: at each scale what the next coarser one can't show,
 * last the coarsest picture itself; each scale divided by √(its numbers). The square distance of two such vectors is the
 * sum of the scales' mean square differences, in which a form counts as much as the many pixels of its texture.
 *
 * @param pixels bytes [size, size, channels]
 */
export function pyramidFeatures(pixels: Uint8Array, { size, channels }: PictureShape): Float32Array {
  const features = new Float32Array(pyramidFeatureCount({ size, channels }))
  const sides = sidesOf(size)
  let picture: Float32Array = Float32Array.from(pixels)
  let offset = 0
  sides.forEach((side, level) => {
    const coarser = level + 1 < sides.length ? reduced(picture, side, channels) : null
    const seen = coarser === null ? null : enlarged(coarser, side / 2, channels)
    const scale = 1 / Math.sqrt(picture.length)
    picture.forEach((value, i) => {
      features[offset + i] = scale * (value - (seen?.[i] ?? 0))
    })
    offset += picture.length
    picture = coarser ?? picture
  })
  return features
}
