import { normOf } from './interpolate'

/**
 * a − b + c, as in "smiling woman − woman + man" (Radford et al. 2016, section 6.3.2), scaled to the mean norm of the three:
 * the plain sum of Gaussian latents lies √3 times as far out as pictures do.
 */
export function analogy(a: Float32Array, b: Float32Array, c: Float32Array): Float32Array {
  const sum = a.map((value, i) => value - b[i]! + c[i]!)
  const norm = normOf(sum)
  const wanted = (normOf(a) + normOf(b) + normOf(c)) / 3
  return norm === 0 ? sum : sum.map((value) => (value * wanted) / norm)
}

/** z + Σ amountᵢ · directionᵢ: a latent moved along directions, as by their sliders. */
export function moveAlong(
  latent: Float32Array,
  moves: readonly { readonly direction: Float32Array; readonly amount: number }[]
): Float32Array {
  return moves.reduce((moved, { direction, amount }) => moved.map((value, i) => value + amount * direction[i]!), latent)
}
