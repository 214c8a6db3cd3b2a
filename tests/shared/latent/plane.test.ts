import { describe, expect, it } from 'vitest'
import { analogy, moveAlong } from '../../../src/shared/latent/arithmetic'
import { normOf, slerp } from '../../../src/shared/latent/interpolate'
import { neighbourhoodOf, planeAt } from '../../../src/shared/latent/plane'
import { rowOf } from '../../../src/shared/latent/rowOf'
import { seededLatents } from '../../../src/shared/latent/seededLatents'

const [topLeft, topRight, bottomLeft, bottomRight] = [0, 1, 2, 3].map((index) =>
  seededLatents({ seed: 3, first: index, count: 1, latentSize: 8, distribution: 'normal' })
) as [Float32Array, Float32Array, Float32Array, Float32Array]
const corners = { topLeft, topRight, bottomLeft, bottomRight }
const close = (actual: Float32Array, expected: Float32Array) =>
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5)

describe('the plane through four corners', () => {
  it('has the corners at its corners and great circles for edges', () => {
    close(planeAt(corners, 0, 0), topLeft)
    close(planeAt(corners, 1, 0), topRight)
    close(planeAt(corners, 0, 1), bottomLeft)
    close(planeAt(corners, 1, 1), bottomRight)
    close(planeAt(corners, 0.3, 0), slerp(topLeft, topRight, 0.3))
    close(planeAt(corners, 0, 0.6), slerp(topLeft, bottomLeft, 0.6))
  })

  it('stays on the sphere that its corners lie on', () => {
    const onSphere = (latent: Float32Array) => latent.map((value) => value / normOf(latent))
    const unitCorners = {
      topLeft: onSphere(topLeft),
      topRight: onSphere(topRight),
      bottomLeft: onSphere(bottomLeft),
      bottomRight: onSphere(bottomRight)
    }
    expect(normOf(planeAt(unitCorners, 0.4, 0.7))).toBeCloseTo(1, 5)
  })

  it('shows the neighbourhood of a place row by row, the place in the middle, and stops at the edges', () => {
    const latents = neighbourhoodOf(corners, { x: 0.9, y: 0.5, step: 0.2, side: 3 })
    expect(latents).toHaveLength(9 * 8)
    close(rowOf(latents, 4, 8), planeAt(corners, 0.9, 0.5))
    close(rowOf(latents, 0, 8), planeAt(corners, 0.7, 0.3))
    close(rowOf(latents, 5, 8), planeAt(corners, 1, 0.5))
  })
})

describe('the arithmetic of latents', () => {
  it('gives a − b + c at the norm that the three have on average', () => {
    const [a, b, c] = [topLeft, topRight, bottomLeft]
    const result = analogy(a, b, c)
    const sum = a.map((value, i) => value - b[i]! + c[i]!)
    expect(normOf(result)).toBeCloseTo((normOf(a) + normOf(b) + normOf(c)) / 3, 5)
    close(
      result.map((value) => (value * normOf(sum)) / normOf(result)),
      sum
    )
    close(
      analogy(a, b, b),
      a.map((value) => (value * normOf(analogy(a, b, b))) / normOf(a))
    )
    expect([...analogy(Float32Array.of(1, 0), Float32Array.of(1, 0), new Float32Array(2))]).toEqual([0, 0])
  })

  it('moves a latent along several directions at once', () => {
    const moves = [
      { direction: Float32Array.of(1, 0), amount: 2 },
      { direction: Float32Array.of(0, 1), amount: -1 }
    ]
    expect([...moveAlong(Float32Array.of(5, 5), moves)]).toEqual([7, 4])
    expect([...moveAlong(Float32Array.of(5, 5), [])]).toEqual([5, 5])
  })

  it('finds a latent among many', () => {
    const latents = seededLatents({ seed: 1, first: 0, count: 3, latentSize: 4, distribution: 'normal' })
    expect(rowOf(latents, 2, 4)).toEqual(
      seededLatents({ seed: 1, first: 2, count: 1, latentSize: 4, distribution: 'normal' })
    )
  })
})
