import { describe, expect, it } from 'vitest'
import { TrainingState } from '../../../src/renderer/state/training.svelte'
import { stepEvent } from '../support/metrics'
import { createStudioMock } from '../support/studio'

describe('TrainingState', () => {
  it('knows the newest step and the trainer’s sign of life, until the run ends', () => {
    const mock = createStudioMock([])
    const training = new TrainingState(mock.client)
    mock.emit('queue/changed', { running: 'abc123', queued: ['def456'] })
    mock.emit('run/event', { id: 'abc123', events: [stepEvent(1), stepEvent(2)] })
    mock.emit('trainer/health', { id: 'abc123', state: 'training', silentSeconds: 0, memoryBytes: 5e8 })
    expect([training.running, training.queued]).toEqual(['abc123', ['def456']])
    expect(training.of('abc123').step?.step).toBe(2)
    expect(training.of('abc123').health?.memoryBytes).toBe(5e8)
    mock.emit('run/event', { id: 'abc123', events: [{ event: 'finished', step: 2, run: '/runs/x', reason: 'done' }] })
    expect(training.of('abc123')).toMatchObject({ step: null, health: null })
  })

  it('learns what went on before the window opened', async () => {
    const current = {
      id: 'abc123',
      health: { id: 'abc123', state: 'training' as const, silentSeconds: 1, memoryBytes: null },
      events: [stepEvent(77)]
    }
    const training = new TrainingState(createStudioMock([], { 'runs/current': () => ({ current }) }).client)
    await training.load()
    expect([training.running, training.of('abc123').step?.step]).toEqual(['abc123', 77])
  })
})
