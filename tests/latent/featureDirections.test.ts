import { describe, expect, it } from 'vitest'
import { featureDirections } from '../../src/main/latent/featureDirections'
import { rowOf } from '../../src/shared/latent/rowOf'
import { Random } from '../../src/shared/random/random'

const samples = 400
const latents = new Random(1, 'generate').normals(samples * 3)
const featuresOf = (f: (z: Float32Array) => number[]) =>
  Float32Array.from(Array.from({ length: samples }, (_, i) => f(rowOf(latents, i, 3))).flat())

describe('featureDirections', () => {
  it('finds the elements that features depend on, strongest first', () => {
    const features = featuresOf(([a, b, c]) => [9 * b! + 5, 3 * a!, Math.tanh(c!), 9 * b!])
    const { vectors, strengths } = featureDirections(latents, features, samples, 3)
    const largest = [0, 1, 2].map((i) => {
      const direction = rowOf(vectors, i, 3).map(Math.abs)
      return direction.indexOf(Math.max(...direction))
    })
    expect(largest).toEqual([1, 0, 2])
    expect([...strengths].sort((a, b) => b - a)).toEqual([...strengths])
  })

  it('gives orthonormal directions', () => {
    const features = featuresOf(([a, b, c]) => [a! + b!, Math.sin(a! + b!), b! - c!, Math.abs(c!)])
    const { vectors, strengths } = featureDirections(latents, features, samples, 3)
    for (let i = 0; i < strengths.length; i++) {
      for (let j = 0; j < strengths.length; j++) {
        const product = rowOf(vectors, i, 3).reduce((sum, value, k) => sum + value * rowOf(vectors, j, 3)[k]!, 0)
        expect(product).toBeCloseTo(i === j ? 1 : 0, 5)
      }
    }
  })
})
