import { describe, expect, it } from 'vitest'
import { assessBalance } from '../../../src/renderer/state/health'
import { MetricsHistory, type StepMetrics } from '../../../src/renderer/state/metricsHistory'
import { metricsOf } from '../support/metrics'

function historyOf(steps: number, figures: (step: number) => Partial<StepMetrics>): MetricsHistory {
  const history = new MetricsHistory()
  for (let step = 1; step <= steps; step++) {
    history.append(metricsOf(step, figures(step)))
  }
  return history
}

describe('assessBalance', () => {
  it('says nothing before 300 steps', () => {
    expect(assessBalance(new MetricsHistory())).toBe('unknown')
    expect(assessBalance(historyOf(299, () => ({ 'score/fake': 0 })))).toBe('unknown')
  })

  it('sees that the discriminator wins after 300 steps of D(G(z)) < 0.02', () => {
    expect(assessBalance(historyOf(300, () => ({ 'score/fake': 0.019 })))).toBe('discriminator-wins')
    expect(assessBalance(historyOf(900, (step) => ({ 'score/fake': step <= 600 ? 0.4 : 0.01 })))).toBe(
      'discriminator-wins'
    )
  })

  it('is not alarmed when one of the newest 300 steps is better', () => {
    expect(assessBalance(historyOf(900, (step) => ({ 'score/fake': step <= 601 ? 0.4 : 0.01 })))).toBe('balanced')
    expect(assessBalance(historyOf(300, () => ({ 'score/fake': 0.0201 })))).toBe('balanced')
  })

  it('sees that the generator wins', () => {
    expect(assessBalance(historyOf(300, () => ({ 'score/fake': 0.95 })))).toBe('generator-wins')
  })

  it('calls a loss that is no number diverged, at once', () => {
    expect(assessBalance(historyOf(2, (step) => ({ 'loss/g': step === 2 ? Number.NaN : 1 })))).toBe('diverged')
    expect(assessBalance(historyOf(2, () => ({ 'loss/d': Number.POSITIVE_INFINITY })))).toBe('diverged')
  })
})
