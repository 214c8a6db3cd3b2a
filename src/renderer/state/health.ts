import type { MetricsHistory, SeriesName } from './metricsHistory'

/** How the run is: how the two networks stand to each other, and whether the generator lives. */
export type HealthVerdict =
  | 'unknown'
  | 'balanced'
  | 'discriminator-wins'
  | 'generator-wins'
  | 'diverged'
  | 'generator-saturated'
  | 'generator-flat'
  | 'diversity-lost'

/** So many steps in a row must look bad before the studio says so: single steps are noise. */
export const watchedSteps = 300
/** Mean probability of "real" for generated pictures below which the generator learns nothing. */
export const lostBelow = 0.02
/** The same above which the discriminator teaches nothing. */
export const fooledAbove = 0.9

/** Share of values at black or white above which tanh gives no gradient back. */
const saturatedAbove = 0.95
/** Contrast within pictures below which they are one colour: about one level in 255. */
const flatBelow = 0.005
/** Share of the greatest spread so far below which the samples have become alike, */
const alikeBelow = 0.25
/** where that spread was one at all: an untrained generator's pictures hardly differ. */
const spreadAtLeast = 0.03
/** So many grids in a row must show it. */
const watchedGrids = 2

function greatest(history: MetricsHistory, name: SeriesName): number {
  const { mean } = history.columns(name)
  let most = 0
  for (let entry = 0; entry < history.length; entry++) {
    // NaN is not greater than anything.
    if (mean[entry]! > most) {
      most = mean[entry]!
    }
  }
  return most
}

const areAll = (values: readonly number[], isBad: (value: number) => boolean): boolean =>
  values.length === watchedGrids && values.every(isBad)

/** What the sample grids tell of the generator; null where they look alive. */
function assessSamples(history: MetricsHistory): HealthVerdict | null {
  const [saturated] = history.newestKnown('sample/saturated', 1)
  if (saturated !== undefined && saturated > saturatedAbove) {
    return 'generator-saturated'
  }
  if (areAll(history.newestKnown('sample/contrast', watchedGrids), (contrast) => contrast < flatBelow)) {
    return 'generator-flat'
  }
  const most = greatest(history, 'sample/diversity')
  const isAlike = (spread: number): boolean => spread < alikeBelow * most
  return most >= spreadAtLeast && areAll(history.newestKnown('sample/diversity', watchedGrids), isAlike)
    ? 'diversity-lost'
    : null
}

/** Whether one network ran away from the other, over the newest 300 steps. */
function assessBalance(history: MetricsHistory, first: number, last: number): HealthVerdict {
  if (last - first < watchedSteps - 1) {
    return 'unknown'
  }
  const scores = history.columns('score/fake').mean.subarray(history.entryFrom(last - watchedSteps + 1), history.length)
  if (scores.every((score) => score < lostBelow)) {
    return 'discriminator-wins'
  }
  return scores.every((score) => score > fooledAbove) ? 'generator-wins' : 'balanced'
}

/**
 * The verdict of a run's metrics, the gravest first: a loss that is no number is divergence at once; a dead generator
 * and lost diversity show in the sample grids; the balance is judged over 300 steps, before which it is not known.
 * D(G(z)) is "score/fake", the discriminator's mean probability of "real" for generated pictures.
 */
export function assessHealth(history: MetricsHistory): HealthVerdict {
  const { firstStep, lastStep } = history
  if (firstStep === null || lastStep === null) {
    return 'unknown'
  }
  const newestLosses = [history.newest('loss/d'), history.newest('loss/g')]
  if (newestLosses.some((loss) => loss !== null && !Number.isFinite(loss))) {
    return 'diverged'
  }
  return assessSamples(history) ?? assessBalance(history, firstStep, lastStep)
}
