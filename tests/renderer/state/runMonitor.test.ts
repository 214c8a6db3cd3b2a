import { describe, expect, it, vi } from 'vitest'
import { RunMonitor, stepAtOrBefore } from '../../../src/renderer/state/runMonitor.svelte'
import { stepEvent } from '../support/metrics'
import { createStudioMock } from '../support/studio'

const metrics = {
  steps: [1, 2, 3],
  seconds: [1, 2, 3],
  series: { 'loss/d': { mean: [1, 2, 3], low: [1, 2, 3], high: [1, 2, 3] } }
}

describe('RunMonitor', () => {
  it('joins the files with the events that came while they were read, each step once', async () => {
    const mock = createStudioMock([], { 'runs/metrics': () => metrics })
    const monitor = new RunMonitor(mock.client, 'abc123')
    const loading = monitor.load(true)
    mock.emit('run/event', { id: 'abc123', events: [stepEvent(3), stepEvent(4)] })
    mock.emit('run/event', { id: 'other1', events: [stepEvent(9)] })
    await loading
    expect([monitor.history.length, monitor.history.lastStep, monitor.history.rewinds]).toEqual([4, 4, 0])
    monitor.close()
  })

  it('fetches at the next checkpoint what was not yet written when it read the files', async () => {
    const later = [4, 5, 6]
    const columns = { mean: later, low: later, high: later }
    const mock = createStudioMock([], {
      'runs/metrics': ({ after }) =>
        after === 0 ? metrics : { steps: later, seconds: later, series: { 'loss/d': columns } }
    })
    const monitor = new RunMonitor(mock.client, 'abc123')
    await monitor.load(true)
    mock.emit('run/event', { id: 'abc123', events: [stepEvent(6), { event: 'checkpoint', step: 6, path: '/x' }] })
    mock.emit('run/event', { id: 'abc123', events: [stepEvent(7)] })
    await vi.waitFor(() => expect(monitor.history.lastStep).toBe(7))
    expect(monitor.history.length).toBe(7)
    monitor.close()
  })

  it('asks for no files of a run that has none yet', async () => {
    const monitor = new RunMonitor(createStudioMock([], { 'runs/metrics': () => metrics }).client, 'abc123')
    await monitor.load(false)
    expect([monitor.isLoaded, monitor.history.length]).toEqual([true, 0])
    monitor.close()
  })

  it('follows the newest samples until one is pinned', async () => {
    const mock = createStudioMock([])
    const monitor = new RunMonitor(mock.client, 'abc123')
    await monitor.load(true)
    expect([monitor.shownSample, monitor.followsNewest]).toEqual([300, true])
    monitor.pin(250)
    mock.emit('run/event', { id: 'abc123', events: [{ event: 'sample', step: 400, path: '/x' }] })
    expect([monitor.shownSample, monitor.followsNewest]).toEqual([200, false])
    monitor.pin(null)
    expect(monitor.shownSample).toBe(400)
    monitor.close()
  })
})

describe('stepAtOrBefore', () => {
  it('is the newest that is not later, or the first', () => {
    expect([5, 10, 19, 99].map((step) => stepAtOrBefore([10, 20], step))).toEqual([10, 10, 10, 20])
    expect(stepAtOrBefore([], 5)).toBeNull()
  })
})
