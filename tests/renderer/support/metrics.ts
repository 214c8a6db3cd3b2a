import type { StepMetrics } from '../../../src/renderer/state/metricsHistory'
import type { TrainingEvent } from '../../../src/shared/contract/training'

/** Metrics of a step in which all goes well, but for what is given. */
export const metricsOf = (step: number, figures: Partial<StepMetrics> = {}): StepMetrics => ({
  step,
  'loss/d': 0.6,
  'loss/g': 0.9,
  'score/real': 0.7,
  'score/fake': 0.3,
  ...figures
})

/** The event of such a step. */
export const stepEvent = (step: number, figures: Partial<StepMetrics> = {}): TrainingEvent => ({
  event: 'step',
  ...metricsOf(step, figures),
  kimg: step * 0.032,
  seconds: step * 0.4,
  secondsPerStep: 0.4,
  secondsLeft: 60
})
