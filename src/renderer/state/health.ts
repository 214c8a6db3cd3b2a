import type { MetricsHistory } from './metricsHistory'

/** How the two networks stand to each other. */
export type BalanceVerdict = 'unknown' | 'balanced' | 'discriminator-wins' | 'generator-wins' | 'diverged'

/** So many steps in a row must look bad before the studio says so: single steps are noise. */
export const watchedSteps = 300
/** Mean probability of "real" for generated pictures below which the generator learns nothing. */
export const lostBelow = 0.02
/** The same above which the discriminator teaches nothing. */
export const fooledAbove = 0.9

const isKnown = (value: number): boolean => Number.isFinite(value)

/**
 * The verdict over the newest 300 steps. With few steps it is not known; a loss that is no number is divergence at
 * once. D(G(z)) is "score/fake", the discriminator's mean probability of "real" for generated pictures.
 */
export function assessBalance(history: MetricsHistory): BalanceVerdict {
  const last = history.lastStep
  const first = history.firstStep
  if (last === null || first === null) {
    return 'unknown'
  }
  const newestLosses = [history.newest('loss/d'), history.newest('loss/g')]
  if (newestLosses.some((loss) => loss !== null && !isKnown(loss))) {
    return 'diverged'
  }
  if (last - first < watchedSteps - 1) {
    return 'unknown'
  }
  const scores = history.columns('score/fake').mean.subarray(history.entryFrom(last - watchedSteps + 1), history.length)
  if (scores.every((score) => score < lostBelow)) {
    return 'discriminator-wins'
  }
  return scores.every((score) => score > fooledAbove) ? 'generator-wins' : 'balanced'
}
