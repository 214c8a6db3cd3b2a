import { describe, expect, it } from 'vitest'
import { seededLatents } from '../../../src/shared/latent/seededLatents'
import { truncate } from '../../../src/shared/latent/truncate'

const range = { seed: 5, first: 0, count: 6, latentSize: 7, distribution: 'normal' as const }

describe('seededLatents', () => {
  it('gives the latent of an index whatever range it is asked for in', () => {
    const all = seededLatents(range)
    expect(seededLatents({ ...range, first: 2, count: 1 })).toEqual(all.slice(14, 21))
    expect(seededLatents({ ...range, first: 5, count: 9 }).slice(0, 7)).toEqual(all.slice(35))
  })

  it('gives other latents for another seed', () => {
    expect(seededLatents({ ...range, seed: 6 })).not.toEqual(seededLatents(range))
  })

  it.each([
    { distribution: 'normal' as const, bound: 10 },
    { distribution: 'uniform' as const, bound: Math.sqrt(3) }
  ])('draws from what the run draws from: $distribution, mean 0 and deviation 1', ({ distribution, bound }) => {
    const values = seededLatents({ ...range, count: 2000, latentSize: 32, distribution })
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(1, 1)
    expect(values.every((value) => Math.abs(value) <= bound + 1e-6)).toBe(true)
  })
})

describe('truncate', () => {
  it('gives the mean for 0, the latents themselves for 1, and half of them for ½', () => {
    const latents = seededLatents(range)
    expect(truncate(latents, 0).every((value) => value === 0)).toBe(true)
    expect(truncate(latents, 1)).toEqual(latents)
    expect([...truncate(Float32Array.of(2, -3), 0.5)]).toEqual([1, -1.5])
  })
})
