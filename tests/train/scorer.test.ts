import { expect, test } from 'vitest'
import { Scorer } from '../../src/main/train/scorer'
import { Random } from '../../src/shared/random/random'
import { tinyRun } from './support/sessions'

const configuration = tinyRun()
const { pictureSize: size, channels } = configuration.architecture
const bytes = size * size * channels

/**
 * A scorer of twelve pictures on a clock that the test moves: making pictures takes `makeMs`, reading the real ones
 * `readMs`.
 */
function scorerOf(pictureCount: number, { makeMs = 100, readMs = 0 } = {}) {
  const clock = { ms: 0 }
  const noise = (seed: number, count: number) =>
    Uint8Array.from(new Random(seed, 'generate').uniforms(count * bytes, 0, 256))
  const latents: Float32Array[] = []
  const scorer = new Scorer({
    configuration,
    pictures: {
      count: pictureCount,
      sample: async (count) => {
        clock.ms += readMs
        return noise(1, count)
      }
    },
    pictureMaker: {
      generate: async (_state, given) => {
        clock.ms += makeMs
        latents.push(given)
        const count = given.length / configuration.architecture.latentSize
        return { pixels: noise(2, count), count, size, channels }
      }
    },
    state: { read: async () => new Map(), dispose: async () => undefined },
    now: () => clock.ms
  })
  return { scorer, clock, latents }
}

test('nothing is measured before there is time for it, and then all scores with those of the real pictures', async () => {
  const { scorer, clock } = scorerOf(12)
  expect(await scorer.score()).toBeNull()
  clock.ms = 40_000
  const scores = await scorer.score()
  expect(Object.keys(scores ?? {}).sort()).toEqual(['score/msssim', 'score/msssim-real', 'score/swd', 'score/swd-real'])
  expect(Object.values(scores ?? {}).every(Number.isFinite)).toBe(true)
})

test('over a long session, measuring takes no more than 5 % of the time, and not much less', async () => {
  const { scorer, clock } = scorerOf(12, { makeMs: 800, readMs: 3000 })
  let spentMs = 0
  for (let step = 0; step < 5000; step++) {
    clock.ms += 100
    const before = clock.ms
    await scorer.score()
    spentMs += clock.ms - before
    if (clock.ms > 100_000) {
      expect(spentMs / clock.ms).toBeLessThan(0.05)
    }
  }
  expect(spentMs / clock.ms).toBeGreaterThan(0.045)
})

test('the same state has the same scores, from the same latents', async () => {
  const { scorer, clock, latents } = scorerOf(12)
  clock.ms = 100_000
  const first = await scorer.score()
  expect(await scorer.score()).toEqual(first)
  expect(latents[1]).toEqual(latents[0])
  expect(latents[0]).toHaveLength(6 * configuration.architecture.latentSize)
})

test('with too few pictures to compare with, nothing is measured', async () => {
  const { scorer, clock, latents } = scorerOf(3)
  clock.ms = 1e9
  expect(await scorer.score()).toBeNull()
  expect(latents).toEqual([])
})
