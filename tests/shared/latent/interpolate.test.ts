import { describe, expect, it } from 'vitest'
import { lerp, normOf, slerp } from '../../../src/shared/latent/interpolate'
import { seededLatents } from '../../../src/shared/latent/seededLatents'

const size = 32
const unit = (index: number, radius = 1) => {
  const latent = seededLatents({ seed: 1, first: index, count: 1, latentSize: size, distribution: 'normal' })
  const norm = normOf(latent)
  return latent.map((value) => (radius * value) / norm)
}
const angleBetween = (a: Float32Array, b: Float32Array) => {
  const cosine = a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (normOf(a) * normOf(b))
  return Math.acos(Math.min(1, Math.max(-1, cosine)))
}
const steps = Array.from({ length: 11 }, (_, i) => i / 10)
const close = (actual: Float32Array, expected: Float32Array) =>
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5)

describe('slerp', () => {
  it('keeps the norm', () => {
    const [a, b] = [unit(0, 5), unit(1, 5)]
    for (const t of steps) {
      expect(normOf(slerp(a, b, t))).toBeCloseTo(5, 5)
    }
  })

  it('turns at constant angular speed', () => {
    const [a, b] = [unit(0, 5), unit(1, 5)]
    const whole = angleBetween(a, b)
    for (const t of steps) {
      expect(angleBetween(a, slerp(a, b, t))).toBeCloseTo(t * whole, 3)
      expect(angleBetween(slerp(a, b, t), b)).toBeCloseTo((1 - t) * whole, 3)
    }
  })

  it('is sin((1 − t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b, Shoemake’s formula', () => {
    const [a, b] = [unit(0), unit(1)]
    const omega = angleBetween(a, b)
    for (const t of steps) {
      const [fromA, fromB] = [Math.sin((1 - t) * omega) / Math.sin(omega), Math.sin(t * omega) / Math.sin(omega)]
      close(
        slerp(a, b, t),
        a.map((value, i) => fromA * value + fromB * b[i]!)
      )
    }
  })

  it('begins at the one latent and ends at the other', () => {
    const [a, b] = [unit(0, 2), unit(1, 7)]
    close(slerp(a, b, 0), a)
    close(slerp(a, b, 1), b)
  })

  it('changes the norm linearly where the two differ in it, at the same angular speed', () => {
    const [a, b] = [unit(0, 2), unit(1, 6)]
    expect(normOf(slerp(a, b, 0.25))).toBeCloseTo(3, 5)
    expect(angleBetween(a, slerp(a, b, 0.25))).toBeCloseTo(0.25 * angleBetween(a, b), 3)
  })

  it('stays where both are the same, and stays finite where they nearly are', () => {
    const a = unit(0, 5)
    close(slerp(a, a, 0.3), a)
    const near = a.map((value, i) => value + (i === 0 ? 1e-7 : 0))
    close(slerp(a, near, 0.3), a)
  })

  it('goes half round the sphere between opposite latents, at constant speed', () => {
    const a = unit(0, 5)
    const b = a.map((value) => -value)
    for (const t of steps) {
      expect(normOf(slerp(a, b, t))).toBeCloseTo(5, 5)
      expect(angleBetween(a, slerp(a, b, t))).toBeCloseTo(t * Math.PI, 3)
    }
    close(slerp(a, b, 1), b)
  })

  it('takes the line from and to the mean, which has no direction', () => {
    const [a, zero] = [unit(0, 4), new Float32Array(size)]
    expect(normOf(slerp(zero, a, 0.25))).toBeCloseTo(1, 5)
    expect([...slerp(zero, zero, 0.5)]).toEqual([...zero])
  })
})

it('lerp goes along the straight line', () => {
  expect([...lerp(Float32Array.of(1, 2), Float32Array.of(3, -2), 0.25)]).toEqual([1.5, 1])
})
