import { describe, expect, it } from 'vitest'
import { psnr, ssim } from '../../src/main/metrics/pictureSimilarity'
import { Random } from '../../src/shared/random/random'

const noise = (length: number, index = 0) => Uint8Array.from(new Random(1, 'flowers', index).uniforms(length, 0, 256))

describe('psnr', () => {
  it('is 10·log₁₀(255² / mean square difference)', () => {
    // Differences 0, 2, 4, 0: mean square 5, 10·log₁₀(13005) = 41.1411 dB.
    expect(psnr(Uint8Array.of(10, 20, 30, 40), Uint8Array.of(10, 22, 26, 40))).toBeCloseTo(41.1411, 4)
    expect(psnr(Uint8Array.of(0), Uint8Array.of(255))).toBe(0)
  })

  it('is infinite for equal pictures', () => {
    expect(psnr(noise(30), noise(30))).toBe(Number.POSITIVE_INFINITY)
  })
})

/** Equation 13 of Wang et al. 2004, window by window, with the plain sums over its 121 weights. */
function plainSsim(a: Uint8Array, b: Uint8Array, size: number, channels: number): number {
  const weights: number[] = []
  for (let y = -5; y <= 5; y++) {
    for (let x = -5; x <= 5; x++) {
      weights.push(Math.exp(-(x * x + y * y) / (2 * 1.5 * 1.5)))
    }
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const scores: number[] = []
  for (let channel = 0; channel < channels; channel++) {
    for (let top = 0; top + 11 <= size; top++) {
      for (let left = 0; left + 11 <= size; left++) {
        const windowOf = (pixels: Uint8Array) =>
          weights.map((_, i) => pixels[((top + Math.floor(i / 11)) * size + left + (i % 11)) * channels + channel]!)
        const [windowA, windowB] = [windowOf(a), windowOf(b)]
        const mean = (values: number[]) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / all
        const [muA, muB] = [mean(windowA), mean(windowB)]
        const varianceA = mean(windowA.map((value) => (value - muA) ** 2))
        const varianceB = mean(windowB.map((value) => (value - muB) ** 2))
        const covariance = mean(windowA.map((value, i) => (value - muA) * (windowB[i]! - muB)))
        const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]
        scores.push(
          ((2 * muA * muB + c1) * (2 * covariance + c2)) / ((muA ** 2 + muB ** 2 + c1) * (varianceA + varianceB + c2))
        )
      }
    }
  }
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

describe('ssim', () => {
  it.each([
    { size: 16, channels: 1 },
    { size: 13, channels: 3 }
  ])('is what a plain second implementation gives ($size, $channels channels)', ({ size, channels }) => {
    const a = noise(size * size * channels)
    const mixed = noise(a.length, 1).map((value, i) => 0.3 * value + 0.7 * a[i]!)
    for (const b of [noise(a.length, 1), mixed]) {
      expect(ssim(a, b, { size, channels })).toBeCloseTo(plainSsim(a, b, size, channels), 9)
    }
  })

  it('is 1 for equal pictures', () => {
    expect(ssim(noise(256), noise(256), { size: 16, channels: 1 })).toBeCloseTo(1, 12)
  })

  it('is the luminance term alone for plain pictures', () => {
    // (2·100·200 + 6.5025) / (100² + 200² + 6.5025) = 0.800026
    const [a, b] = [new Uint8Array(256).fill(100), new Uint8Array(256).fill(200)]
    expect(ssim(a, b, { size: 16, channels: 1 })).toBeCloseTo(0.800026, 6)
  })
})
