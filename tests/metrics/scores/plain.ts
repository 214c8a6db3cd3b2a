import type { Pictures } from '../../../src/main/metrics/scores/planes'
import { Random } from '../../../src/shared/random/random'

/*
 * The scores once more, as plainly as they can be written: lists of lists, double loops over whole kernels, nothing
 * shared with the real ones but the random numbers.
 */
type Plane = readonly (readonly number[])[]

/** One plane a colour. */
export function picture({ pixels, size, channels }: Pictures, index: number): Plane[] {
  const at = (y: number, x: number, channel: number) => pixels[((index * size + y) * size + x) * channels + channel]!
  return grid(channels, (channel) => grid(size, (y) => grid(size, (x) => at(y, x, channel))))
}

const grid = <Value>(length: number, valueAt: (index: number) => Value): Value[] =>
  Array.from({ length }, (_, index) => valueAt(index))

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length

const binomial = [1, 4, 6, 4, 1]

/** scipy.ndimage.convolve with mode "mirror" and the 5×5 binomial kernel · factor / 256. */
function blur(plane: Plane, factor: number): number[][] {
  const n = plane.length
  const mirror = (i: number) => (i < 0 ? -i : i > n - 1 ? 2 * n - 2 - i : i)
  return grid(n, (y) =>
    grid(n, (x) =>
      sum(
        binomial.flatMap((a, i) =>
          binomial.map((b, j) => (a * b * factor * plane[mirror(y + i - 2)]![mirror(x + j - 2)]!) / 256)
        )
      )
    )
  )
}

/** pyr_down and pyr_up of Karras et al.'s sliced_wasserstein.py. */
const down = (plane: Plane): number[][] =>
  blur(plane, 1).flatMap((row, y) => (y % 2 === 0 ? [row.filter((_, x) => x % 2 === 0)] : []))
const up = (plane: Plane, side: number): number[][] =>
  blur(
    grid(side, (y) => grid(side, (x) => (y % 2 === 0 && x % 2 === 0 ? plane[y / 2]![x / 2]! : 0))),
    4
  )

/** The levels of one plane. */
export function plainPyramid(plane: Plane): Plane[] {
  const half = down(plane)
  if (half.length < 16) {
    return [plane]
  }
  const blurred = up(half, plane.length)
  return [plane.map((row, y) => row.map((value, x) => value - blurred[y]![x]!)), ...plainPyramid(half)]
}

/** Distances at each level · 10³. */
export function plainDistances(
  a: Pictures,
  b: Pictures,
  seed: number,
  perPicture: number,
  directions: number
): number[] {
  const [left, right] = [descriptors(a, seed, perPicture), descriptors(b, seed, perPicture)]
  return left.map((level, index) => {
    const length = level[0]!.length
    const flat = new Random(seed, 'scoreDirections', index).normals(directions * length)
    const distances = grid(directions, (direction) => {
      const vector = [...flat.subarray(direction * length, (direction + 1) * length)]
      const norm = Math.hypot(...vector)
      const project = (patch: readonly number[]) => sum(patch.map((value, i) => (value * vector[i]!) / norm))
      const [first, second] = [level, right[index]!].map((side) => side.map(project).sort((x, y) => x - y))
      return mean(first!.map((value, rank) => Math.abs(value - second![rank]!)))
    })
    return 1000 * mean(distances)
  })
}

/** For each level all patches, each as one list: colours one after the other. */
function descriptors(pictures: Pictures, seed: number, perPicture: number): number[][][] {
  const pyramids = grid(pictures.count, (index) => picture(pictures, index).map(plainPyramid))
  return pyramids[0]![0]!.map((_, level) => {
    const random = new Random(seed, 'scorePatches', level)
    const patches = pyramids.flatMap((colours) =>
      grid(perPicture, () => {
        const side = colours[0]![level]!.length
        const [top, left] = [random.integer(side - 6), random.integer(side - 6)]
        return colours.map((levels) => levels[level]!.slice(top, top + 7).flatMap((row) => row.slice(left, left + 7)))
      })
    )
    const statistics = grid(pictures.channels, (channel) => {
      const values = patches.flatMap((patch) => patch[channel]!)
      const centre = mean(values)
      return { centre, deviation: Math.sqrt(mean(values.map((value) => (value - centre) ** 2))) }
    })
    return patches.map((patch) =>
      patch.flatMap((values, channel) => {
        const { centre, deviation } = statistics[channel]!
        return values.map((value) => (deviation === 0 ? 0 : (value - centre) / deviation))
      })
    )
  })
}

const wangWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

/** The 11×11 Gaussian of deviation 1.5, as one table. */
const gaussian = (() => {
  const heights = grid(11, (y) => grid(11, (x) => Math.exp(-((y - 5) ** 2 + (x - 5) ** 2) / 4.5)))
  const total = sum(heights.flat())
  return heights.map((row) => row.map((height) => height / total))
})()

/** MS-SSIM of two pictures, with moments about the window's own mean. */
export function plainMsSsim(a: readonly Plane[], b: readonly Plane[]): number {
  const side = a[0]!.length
  const levels = wangWeights.filter((_, level) => Math.floor(side / 2 ** level) >= 11)
  let [left, right, value] = [a, b, 1]
  levels.forEach((weight, level) => {
    const places = left.flatMap((plane, channel) => windows(plane, right[channel]!))
    const factor = mean(
      places.map(({ luminance, structure }) => (level === levels.length - 1 ? luminance : 1) * structure)
    )
    value *= Math.max(factor, 0) ** (weight / sum(levels))
    left = left.map(shrunk)
    right = right.map(shrunk)
  })
  return value
}

function windows(a: Plane, b: Plane): { luminance: number; structure: number }[] {
  const fits = a.length - 10
  return grid(fits * fits, (place) => {
    const [top, left] = [Math.floor(place / fits), place % fits]
    const weighted = (valueAt: (y: number, x: number) => number) =>
      sum(gaussian.flatMap((row, y) => row.map((height, x) => height * valueAt(top + y, left + x))))
    const [ma, mb] = [weighted((y, x) => a[y]![x]!), weighted((y, x) => b[y]![x]!)]
    const va = weighted((y, x) => (a[y]![x]! - ma) ** 2)
    const vb = weighted((y, x) => (b[y]![x]! - mb) ** 2)
    const covariance = weighted((y, x) => (a[y]![x]! - ma) * (b[y]![x]! - mb))
    const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]
    return {
      luminance: (2 * ma * mb + c1) / (ma ** 2 + mb ** 2 + c1),
      structure: (2 * covariance + c2) / (va + vb + c2)
    }
  })
}

const shrunk = (plane: Plane): number[][] =>
  grid(Math.floor(plane.length / 2), (y) =>
    grid(Math.floor(plane.length / 2), (x) =>
      mean([plane[2 * y]![2 * x]!, plane[2 * y]![2 * x + 1]!, plane[2 * y + 1]![2 * x]!, plane[2 * y + 1]![2 * x + 1]!])
    )
  )
