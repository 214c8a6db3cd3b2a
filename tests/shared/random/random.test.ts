import { describe, expect, it } from 'vitest'
import { philox } from '../../../src/shared/random/philox'
import { Random, streams } from '../../../src/shared/random/random'

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

const moment = (values: Float32Array, power: number): number => {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** power, 0) / values.length
}

describe('Random', () => {
  it('takes its words from philox of counter [block, block / 2³², index, stream] and key [seed, seed / 2³²]', () => {
    const seed = 5 + 3 * 2 ** 32
    const random = new Random(seed, 'dropout', 11)
    const words = Array.from({ length: 8 }, () => random.word())
    const blocks = [0, 1].flatMap((block) => {
      const out = new Uint32Array(4)
      philox(out, block, 0, 11, streams.dropout, 5, 3)
      return [...out]
    })
    expect(words).toEqual(blocks)
  })

  it('goes on from a saved state at any position within a block', () => {
    for (const drawn of [0, 1, 2, 3, 4, 5, 1001]) {
      const random = new Random(2 ** 53 - 1, 'flowers', 2 ** 32 - 1)
      Array.from({ length: drawn }, () => random.word())
      const resumed = Random.fromState(random.state)
      expect(resumed.uniforms(9)).toEqual(random.uniforms(9))
    }
  })

  it('gives other numbers for another seed, stream, index, and for seeds that differ above 32 bits', () => {
    const first = [
      new Random(1, 'dropout'),
      new Random(2, 'dropout'),
      new Random(1 + 2 ** 32, 'dropout'),
      new Random(1, 'labelNoise'),
      new Random(1, 'dropout', 1)
    ].map((random) => random.word())
    expect(new Set(first).size).toBe(first.length)
  })

  it('gives uniforms with the moments of U(0, 1), below 1', () => {
    const values = new Random(3, 'labelNoise').uniforms(200_000)
    // Five standard errors: σ/√n with σ = √(1/12), and √(Var((u − ½)²)/n) with Var = 1/180.
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 200_000))
    expect(Math.abs(moment(values, 2) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / 200_000))
    expect(Math.max(...values.subarray(0, 1e5))).toBeLessThan(1)
  })

  it('spreads uniforms evenly: χ² of 100 cells within five deviations', () => {
    const cells = new Float64Array(100)
    for (const value of new Random(4, 'labelNoise').uniforms(100_000)) {
      cells[Math.floor(value * 100)]!++
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(Math.abs(chiSquare - 99)).toBeLessThan(5 * Math.sqrt(2 * 99))
  })

  it('gives normals with the moments of N(2, 3²)', () => {
    const n = 200_000
    const values = new Random(5, 'latentGenerator').normals(n, 2, 3)
    expect(Math.abs(mean(values) - 2)).toBeLessThan((5 * 3) / Math.sqrt(n))
    expect(Math.abs(moment(values, 2) / 9 - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(Math.abs(moment(values, 3) / 27)).toBeLessThan(5 * Math.sqrt(15 / n))
    expect(Math.abs(moment(values, 4) / 81 - 3)).toBeLessThan(5 * Math.sqrt(96 / n))
  })

  it('gives an odd count of normals as the beginning of a longer draw', () => {
    expect(new Random(6, 'generate').normals(5)).toEqual(new Random(6, 'generate').normals(6).subarray(0, 5))
  })

  it('draws integers below the limit, each as often as the others', () => {
    const counts = new Float64Array(6)
    const random = new Random(7, 'dataOrder')
    for (let i = 0; i < 60_000; i++) {
      counts[random.integer(6)]!++
    }
    for (const count of counts) {
      expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(60_000 * (1 / 6) * (5 / 6)))
    }
  })

  it('permutes: each number once, in another order for another index', () => {
    const order = new Random(8, 'dataOrder', 0).permutation(1000)
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(order).not.toEqual(new Random(8, 'dataOrder', 1).permutation(1000))
  })

  it('permutes three numbers into each of their six orders equally often', () => {
    const counts = new Map<string, number>()
    const random = new Random(9, 'dataOrder')
    for (let i = 0; i < 12_000; i++) {
      const key = random.permutation(3).join('')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) {
      expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(12_000 * (1 / 6) * (5 / 6)))
    }
  })
})
