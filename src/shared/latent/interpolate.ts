/** ‖z‖ */
export const normOf = (latent: Float32Array): number => Math.sqrt(dot(latent, latent))

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

/** (1 − t)·a + t·b */
export const lerp = (a: Float32Array, b: Float32Array, t: number): Float32Array =>
  a.map((value, i) => (1 - t) * value + t * b[i]!)

/** Below this sine of the angle between them, two directions count as one, or as opposite. */
const parallelBelow = 1e-6

/**
 * A unit vector perpendicular to the unit vector `u`: the axis that `u` leans to least, made perpendicular. Any would do;
 * this one is always the same.
 */
function perpendicularTo(u: Float32Array): Float32Array {
  const axis = u.reduce((least, value, i) => (Math.abs(value) < Math.abs(u[least]!) ? i : least), 0)
  const rest = u.map((value, i) => (i === axis ? 1 : 0) - u[axis]! * value)
  const norm = normOf(rest)
  return rest.map((value) => value / norm)
}

/** The unit vector in the plane of the unit vectors u and v that is perpendicular to u, on v's side. */
function towards(u: Float32Array, v: Float32Array): Float32Array {
  const cosine = dot(u, v)
  const rest = v.map((value, i) => value - cosine * u[i]!)
  const sine = normOf(rest)
  return sine < parallelBelow ? perpendicularTo(u) : rest.map((value) => value / sine)
}

/** The angle between unit vectors in 0 … π, exact for small ones too: 2·atan2(‖u − v‖, ‖u + v‖) (Kahan). */
function angleBetween(u: Float32Array, v: Float32Array): number {
  const difference = normOf(u.map((value, i) => value - v[i]!))
  const sum = normOf(u.map((value, i) => value + v[i]!))
  return 2 * Math.atan2(difference, sum)
}

/**
 * Spherical interpolation (Shoemake 1985): the direction turns from a's to b's at constant angular speed, along the
 * shorter way, and the norm goes linearly from ‖a‖ to ‖b‖; so the norm is kept where both have the same. Gaussian latents
 * lie near a sphere of radius √d, which straight lines leave (White 2016).
 *
 * Opposite latents have no shorter way: the turn then goes through a fixed perpendicular. Where one of them is 0 there
 * is no direction, and the line is taken.
 *
 * @param t 0 gives a, 1 gives b
 */
export function slerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const [normA, normB] = [normOf(a), normOf(b)]
  if (normA === 0 || normB === 0) {
    return lerp(a, b, t)
  }
  const u = a.map((value) => value / normA)
  const v = b.map((value) => value / normB)
  const angle = t * angleBetween(u, v)
  const w = towards(u, v)
  const norm = (1 - t) * normA + t * normB
  return u.map((value, i) => norm * (Math.cos(angle) * value + Math.sin(angle) * w[i]!))
}

export const interpolations = { slerp, lerp } as const
/** slerp: on the sphere, the pictures between are as likely as others · lerp: along the straight line. */
export type Interpolation = keyof typeof interpolations
