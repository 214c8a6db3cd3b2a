import type { Planes } from './planes'

/** The binomial filter of Burt & Adelson (1983) along one axis; its sum is 1. */
const taps = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const
const reach = 2

/** The smallest side of a level. */
const smallestSide = 16

/** An index beyond an edge, mirrored at the outermost element: … 2 1 | 0 1 2 … */
const mirrored = (index: number, length: number): number =>
  index < 0 ? -index : index >= length ? 2 * (length - 1) - index : index

/**
 * Filters along the last axis of `[lines, length]` and keeps every second element: `[lines, ⌈length / 2⌉]`, transposed
 * to `[⌈length / 2⌉, lines]` within each plane, so that a second call does the other axis.
 */
function halveAxis(data: Float32Array, planes: number, lines: number, length: number): Float32Array {
  const half = Math.ceil(length / 2)
  const result = new Float32Array(planes * half * lines)
  for (let plane = 0; plane < planes; plane++) {
    for (let line = 0; line < lines; line++) {
      const from = (plane * lines + line) * length
      for (let i = 0; i < half; i++) {
        let sum = 0
        for (let tap = -reach; tap <= reach; tap++) {
          sum += taps[tap + reach]! * data[from + mirrored(2 * i + tap, length)]!
        }
        result[(plane * half + i) * lines + line] = sum
      }
    }
  }
  return result
}

/** Puts a zero after each element up to `length`, and filters with twice the taps: the way back of `halveAxis`. */
function doubleAxis(data: Float32Array, planes: number, lines: number, length: number): Float32Array {
  const half = Math.ceil(length / 2)
  const result = new Float32Array(planes * length * lines)
  for (let plane = 0; plane < planes; plane++) {
    for (let line = 0; line < lines; line++) {
      const from = (plane * lines + line) * half
      for (let i = 0; i < length; i++) {
        let sum = 0
        for (let tap = -reach; tap <= reach; tap++) {
          const at = mirrored(i + tap, length)
          sum += at % 2 === 0 ? 2 * taps[tap + reach]! * data[from + at / 2]! : 0
        }
        result[(plane * length + i) * lines + line] = sum
      }
    }
  }
  return result
}

/** Blurs and takes every second pixel of every second row. */
function halve({ data, count, channels, side }: Planes): Planes {
  const planes = count * channels
  const half = Math.ceil(side / 2)
  const columns = halveAxis(data, planes, side, side)
  return { data: halveAxis(columns, planes, half, side), count, channels, side: half }
}

/** What `halve` keeps, at `side` pixels again. */
function double({ data, count, channels, side: half }: Planes, side: number): Float32Array {
  const planes = count * channels
  return doubleAxis(doubleAxis(data, planes, half, side), planes, side, side)
}

/** What `halve` loses: the picture less its blurred copy. */
function detailOf(finer: Planes, coarser: Planes): Planes {
  const blurred = double(coarser, finer.side)
  return { ...finer, data: finer.data.map((value, i) => value - blurred[i]!) }
}

/**
 * The Laplacian pyramid of pictures, finest level first: the detail that each halving loses, and the smallest picture
 * (Karras et al. 2018, section 5, and their code). Sides halve down to 16 pixels; smaller pictures have one level.
 */
export function laplacianPyramid(pictures: Planes): Planes[] {
  if (Math.ceil(pictures.side / 2) < smallestSide) {
    return [pictures]
  }
  const coarser = halve(pictures)
  return [detailOf(pictures, coarser), ...laplacianPyramid(coarser)]
}
