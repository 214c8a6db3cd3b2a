import { describe, expect, it } from 'vitest'
import { MetricsHistory } from '../../../src/renderer/state/metricsHistory'
import { metricsOf } from '../support/metrics'

describe('MetricsHistory', () => {
  it('keeps what was appended while its columns grow', () => {
    const history = new MetricsHistory()
    for (let step = 1; step <= 5000; step++) {
      history.append(metricsOf(step, { 'loss/d': step / 8 }))
    }
    expect([history.length, history.firstStep, history.lastStep]).toEqual([5000, 1, 5000])
    expect(history.newest('loss/d')).toBe(625)
    expect(history.columns('loss/d').mean[999]).toBe(125)
  })

  it('goes back when a step comes again, as after a crash', () => {
    const history = new MetricsHistory()
    for (const step of [1, 2, 3, 4, 5]) {
      history.append(metricsOf(step, { 'loss/g': step }))
    }
    history.append(metricsOf(3, { 'loss/g': 30 }))
    expect([history.length, history.lastStep, history.newest('loss/g'), history.rewinds]).toEqual([3, 3, 30, 1])
  })

  it('takes buckets with their extremes, and null as not known', () => {
    const history = new MetricsHistory()
    history.appendBuckets({
      steps: [10, 20],
      seconds: [1, 2],
      series: { 'loss/d': { mean: [1, null], low: [0, null], high: [2, null] } }
    })
    const { mean, low, high } = history.columns('loss/d')
    expect([mean[0], low[0], high[0]]).toEqual([1, 0, 2])
    expect(mean[1]).toBeNaN()
    expect(history.columns('score/fake').mean[0]).toBeNaN()
  })

  it('finds entries by their step', () => {
    const history = new MetricsHistory()
    for (const step of [10, 20, 30]) {
      history.append(metricsOf(step))
    }
    expect([5, 10, 11, 30, 31].map((step) => history.entryFrom(step))).toEqual([0, 0, 1, 2, 3])
  })

  it('knows nothing while it is empty', () => {
    const history = new MetricsHistory()
    expect([history.firstStep, history.lastStep, history.newest('loss/d')]).toEqual([null, null, null])
  })
})
