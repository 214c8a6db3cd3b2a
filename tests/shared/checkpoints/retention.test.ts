import { expect, test } from 'vitest'
import {
  bestSteps,
  describeRetention,
  type RetentionRule,
  reasonsToKeep
} from '../../../src/shared/checkpoints/retention'
import { scoresIn, shortfall } from '../../../src/shared/checkpoints/scores'

const rule = (changes: Partial<RetentionRule> = {}): RetentionRule => ({
  keepCheckpoints: 2,
  keepBest: 1,
  keepBestBy: 'swd',
  keepInterval: 0,
  ...changes
})

const checkpoint = (step: number, scores: Readonly<Record<string, number>> = {}, pinned = false) => ({
  step,
  pinned,
  scores
})

test('each checkpoint has all reasons for which it is kept, and none when it goes', () => {
  const checkpoints = [
    checkpoint(100, {}, true),
    checkpoint(200, { 'score/swd': 3 }),
    checkpoint(300, { 'score/swd': 9 }),
    checkpoint(400, { 'score/swd': 4 }),
    checkpoint(500)
  ]
  expect([...reasonsToKeep(checkpoints, rule({ keepInterval: 200 }))]).toEqual([
    [100, ['pinned']],
    [200, ['best', 'interval']],
    [300, []],
    [400, ['newest', 'interval']],
    [500, ['newest']]
  ])
})

test('without scores nothing is the best, and the newest ones are kept', () => {
  const reasons = reasonsToKeep(
    [1, 2, 3].map((step) => checkpoint(step)),
    rule({ keepBest: 3 })
  )
  expect([...reasons.values()]).toEqual([[], ['newest'], ['newest']])
})

test('an MS-SSIM is the better the nearer it is to that of the pictures, from either side', () => {
  const measured = (value: number) => ({ 'score/msssim': value, 'score/msssim-real': 0.3 })
  const checkpoints = [checkpoint(1, measured(0.1)), checkpoint(2, measured(0.35)), checkpoint(3, measured(0.9))]
  expect(bestSteps(checkpoints, 'msssim', 3)).toEqual([2, 1, 3])
  expect(shortfall('msssim', { 'score/msssim': 0.3 })).toBeNull()
})

test('of equal scores the newer is the better; what is not finite was not measured', () => {
  const checkpoints = [1, 2, 3].map((step) => checkpoint(step, { 'score/swd': step === 3 ? Number.NaN : 5 }))
  expect(bestSteps(checkpoints, 'swd', 3)).toEqual([2, 1])
})

test('the discriminator’s opinion in a line of metrics is no score', () => {
  const line = {
    step: 5,
    'loss/d': 1,
    'score/real': 0.5,
    'score/swd': 12,
    'score/swd-real': 9,
    'score/msssim': Number.NaN
  }
  expect(scoresIn(line)).toEqual({ 'score/swd': 12, 'score/swd-real': 9 })
})

test('the rule is told in words, in English and in Polish', () => {
  expect(describeRetention(rule({ keepCheckpoints: 5, keepBest: 3 }))).toBe(
    'Keeps the newest 5, the best 3 by sliced Wasserstein distance and what you pinned.'
  )
  expect(describeRetention(rule({ keepCheckpoints: 1, keepBestBy: 'msssim', keepInterval: 1000 }))).toBe(
    'Keeps the newest, the best by MS-SSIM, one each 1000 iterations and what you pinned.'
  )
  expect(describeRetention(rule({ keepCheckpoints: 5, keepBest: 3 }), 'pl')).toBe(
    'Zostają: 5 najnowszych, 3 najlepsze według odległości Wassersteina (SWD) i przypięte.'
  )
  expect(describeRetention(rule({ keepCheckpoints: 1, keepBest: 22 }), 'pl')).toBe(
    'Zostają: najnowszy, 22 najlepsze według odległości Wassersteina (SWD) i przypięte.'
  )
})
