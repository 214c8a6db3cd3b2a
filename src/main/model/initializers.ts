import type { Initializer } from '../../shared/architecture/layers'
import { dispatch } from '../../shared/dispatch'
import type { Random } from '../../shared/random/random'
import { sizeOf } from '../../shared/tensor'
import type { Shape } from './shapes'

/**
 * Keras' fan rule for a weight's shape: dense [in, out]; convolution [height, width, in, out] with both multiplied by
 * height · width; √size for anything else. It looks at the shape alone, so that a transposed convolution's
 * [height, width, out, in] has its fans the other way round, as in Keras.
 */
function fansOf(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) {
    const fan = Math.sqrt(sizeOf(shape))
    return { fanIn: fan, fanOut: fan }
  }
  const field = sizeOf(shape.slice(0, -2))
  return { fanIn: field * shape.at(-2)!, fanOut: field * shape.at(-1)! }
}

/** Standard deviation of N(0, 1) cut at ±2. */
const truncatedDeviation = 0.879_625_661_034_239_78

/** `count` draws of N(0, 1) given that |z| ≤ 2: draws beyond are repeated. */
function truncatedNormals(count: number, random: Random): Float32Array {
  const out = new Float32Array(count)
  let filled = 0
  while (filled < count) {
    for (const z of random.normals(count - filled)) {
      if (Math.abs(z) <= 2) {
        out[filled++] = z
      }
    }
  }
  return out
}

type Draw = (shape: Shape, random: Random) => Float32Array

const draws: { readonly [Kind in Initializer['kind']]: (initializer: Extract<Initializer, { kind: Kind }>) => Draw } = {
  'glorot-uniform': () => (shape, random) => {
    const { fanIn, fanOut } = fansOf(shape)
    const limit = Math.sqrt(6 / (fanIn + fanOut))
    return random.uniforms(sizeOf(shape), -limit, limit)
  },
  'he-normal': () => (shape, random) => {
    const deviation = Math.sqrt(2 / fansOf(shape).fanIn) / truncatedDeviation
    return truncatedNormals(sizeOf(shape), random).map((z) => z * deviation)
  },
  normal:
    ({ mean, deviation }) =>
    (shape, random) =>
      random.normals(sizeOf(shape), mean, deviation),
  uniform:
    ({ low, high }) =>
    (shape, random) =>
      random.uniforms(sizeOf(shape), low, high),
  constant:
    ({ value }) =>
    (shape) =>
      new Float32Array(sizeOf(shape)).fill(value)
}

/**
 * First values of a weight, row-major.
 *
 * - glorot-uniform: U(−l, l), l = √(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, equation 16)
 * - he-normal: N(0, 2 / fanIn) cut at two standard deviations (He et al. 2015, equation 10; cut as Keras does)
 */
export const initialValues = (initializer: Initializer, shape: Shape, random: Random): Float32Array =>
  dispatch<'kind', Initializer, Draw>('kind', draws, initializer)(shape, random)
