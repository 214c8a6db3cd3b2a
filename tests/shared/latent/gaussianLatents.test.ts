import { describe, expect, it } from 'vitest'
import { gaussianLatents, latentOf } from '../../../src/shared/latent/gaussianLatents'
import { truncate } from '../../../src/shared/latent/truncate'

const range = { seed: 5, first: 0, count: 6, latentSize: 7 }

describe('gaussianLatents', () => {
  it('gives the latent of an index whatever range it is asked for in', () => {
    const all = gaussianLatents(range)
    expect(gaussianLatents({ ...range, first: 2, count: 1 })).toEqual(all.slice(14, 21))
    expect(latentOf(5, 5, 7)).toEqual(all.slice(35))
  })

  it('gives other latents for another seed', () => {
    expect(gaussianLatents({ ...range, seed: 6 })).not.toEqual(gaussianLatents(range))
  })

  it('has mean 0 and deviation 1', () => {
    const values = gaussianLatents({ ...range, count: 2000, latentSize: 32 })
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(1, 1)
  })
})

describe('truncate', () => {
  it('gives the mean for 0, the latents themselves for 1, and half of them for ½', () => {
    const latents = gaussianLatents(range)
    expect(truncate(latents, 0).every((value) => value === 0)).toBe(true)
    expect(truncate(latents, 1)).toEqual(latents)
    expect([...truncate(Float32Array.of(2, -3), 0.5)]).toEqual([1, -1.5])
  })
})
