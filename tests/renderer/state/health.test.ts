import { describe, expect, it } from 'vitest'
import { assessHealth } from '../../../src/renderer/state/health'
import { MetricsHistory, type StepMetrics } from '../../../src/renderer/state/metricsHistory'
import { metricsOf } from '../support/metrics'

function historyOf(steps: number, figures: (step: number) => Partial<StepMetrics>): MetricsHistory {
  const history = new MetricsHistory()
  for (let step = 1; step <= steps; step++) {
    history.append(metricsOf(step, figures(step)))
  }
  return history
}

describe('assessHealth', () => {
  it('says nothing before 300 steps', () => {
    expect(assessHealth(new MetricsHistory())).toBe('unknown')
    expect(assessHealth(historyOf(299, () => ({ 'score/fake': 0 })))).toBe('unknown')
  })

  it('sees that the discriminator wins after 300 steps of D(G(z)) < 0.02', () => {
    expect(assessHealth(historyOf(300, () => ({ 'score/fake': 0.019 })))).toBe('discriminator-wins')
    expect(assessHealth(historyOf(900, (step) => ({ 'score/fake': step <= 600 ? 0.4 : 0.01 })))).toBe(
      'discriminator-wins'
    )
  })

  it('is not alarmed when one of the newest 300 steps is better', () => {
    expect(assessHealth(historyOf(900, (step) => ({ 'score/fake': step <= 601 ? 0.4 : 0.01 })))).toBe('balanced')
    expect(assessHealth(historyOf(300, () => ({ 'score/fake': 0.0201 })))).toBe('balanced')
  })

  it('sees that the generator wins', () => {
    expect(assessHealth(historyOf(300, () => ({ 'score/fake': 0.95 })))).toBe('generator-wins')
  })

  const grid = (saturated: number, contrast: number, diversity: number) => ({
    'sample/saturated': saturated,
    'sample/contrast': contrast,
    'sample/diversity': diversity
  })

  it('calls a generator dead whose grid is all black or white, from its first grid on', () => {
    const history = historyOf(12, (step) => (step === 10 ? grid(1, 0, 0) : {}))
    expect(assessHealth(history)).toBe('generator-saturated')
    expect(assessHealth(historyOf(12, (step) => (step === 10 ? grid(0.9, 0.3, 0.2) : {})))).toBe('unknown')
  })

  it('calls pictures flat when two grids in a row are of one colour', () => {
    const flatFrom = (first: number) =>
      historyOf(30, (step) => (step % 10 ? {} : grid(0, step >= first ? 0 : 0.2, 0.1)))
    expect(assessHealth(flatFrom(20))).toBe('generator-flat')
    expect(assessHealth(flatFrom(30))).toBe('unknown')
  })

  it('sees that the samples have become alike, against their greatest spread', () => {
    const spreads = (values: readonly number[]) =>
      historyOf(10 * values.length, (step) => (step % 10 ? {} : grid(0.1, 0.2, values[step / 10 - 1] ?? 0)))
    expect(assessHealth(spreads([0.02, 0.2, 0.04, 0.049]))).toBe('diversity-lost')
    expect(assessHealth(spreads([0.02, 0.2, 0.04, 0.051]))).toBe('unknown')
    // An untrained generator's pictures hardly differ: that is no loss.
    expect(assessHealth(spreads([0.02, 0.001, 0.001]))).toBe('unknown')
  })

  it('calls a loss that is no number diverged, at once', () => {
    expect(assessHealth(historyOf(2, (step) => ({ 'loss/g': step === 2 ? Number.NaN : 1 })))).toBe('diverged')
    expect(assessHealth(historyOf(2, () => ({ 'loss/d': Number.POSITIVE_INFINITY })))).toBe('diverged')
  })
})
