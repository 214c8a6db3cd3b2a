import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TrainingSession } from '../../src/main/services/trainingSession'
import type { TrainerHealth } from '../../src/shared/contract/runs'
import type { TrainingEvent } from '../../src/shared/contract/training'
import { fakeTrainers } from '../support/fakeTrainer'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const figures = { kimg: 1, seconds: 1, 'loss/d': 1, 'loss/g': 1, 'score/real': 1, 'score/fake': 1 }

function begin() {
  const { spawn, trainers } = fakeTrainers()
  const told: TrainerHealth[] = []
  const session = new TrainingSession('0a1b2c', { kind: 'resume', run: '/run', engine: { id: 'cpu' } }, spawn, {
    onEvents: () => undefined,
    onHealth: (health) => told.push(health),
    onOutput: () => undefined
  })
  const stateAfter = (seconds: number) => {
    vi.advanceTimersByTime(seconds * 1000)
    return session.health.state
  }
  return { session, trainer: trainers[0]!, told, stateAfter }
}

const prepared: TrainingEvent = {
  event: 'prepared',
  run: '/run',
  engine: 'cpu',
  pictures: 1,
  parameters: { generator: 1, discriminator: 1 },
  compileMs: 1,
  flops: 1,
  fromStep: 0,
  toStep: 9,
  notices: []
}

test('before the first step the trainer may be silent for five minutes, then it counts as stuck', () => {
  const { trainer, stateAfter, told } = begin()
  expect(stateAfter(299)).toBe('preparing')
  expect(stateAfter(3)).toBe('stuck')
  expect(told.at(-1)).toMatchObject({ state: 'stuck', id: '0a1b2c' })
  trainer.say(prepared)
  expect(stateAfter(0)).toBe('training')
})

test('after a short step a minute of silence is too long; a beat ends the alarm', () => {
  const { session, trainer, stateAfter } = begin()
  trainer.say(prepared)
  trainer.say({ event: 'step', step: 1, ...figures, secondsPerStep: 0.5, secondsLeft: 1 })
  expect(stateAfter(59)).toBe('training')
  expect(stateAfter(2)).toBe('stuck')
  trainer.say({ event: 'beat', memoryBytes: 12_345 })
  expect(session.health).toEqual({ id: '0a1b2c', state: 'training', silentSeconds: 0, memoryBytes: 12_345 })
})

test('where a step takes ten seconds, twenty steps of silence are too long', () => {
  const { trainer, stateAfter } = begin()
  trainer.say(prepared)
  trainer.say({ event: 'step', step: 1, ...figures, secondsPerStep: 10, secondsLeft: 1 })
  expect(stateAfter(199)).toBe('training')
  expect(stateAfter(2)).toBe('stuck')
})

test('stopping is told at once, the end when the process is gone, and then no more', async () => {
  const { session, trainer, told } = begin()
  trainer.say(prepared)
  session.stop()
  expect(told.at(-1)?.state).toBe('stopping')
  trainer.finish(3, 'stopped')
  await session.outcome
  const count = told.length
  expect(told.at(-1)?.state).toBe('ended')
  vi.advanceTimersByTime(600_000)
  expect(told).toHaveLength(count)
})
