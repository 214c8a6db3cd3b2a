import { KwiatError } from '../../shared/errors'
import type { HostTensor, TensorData } from '../../shared/tensor'
import { type TrainingOutput, trainingOutputs } from '../step/trainingStep'

export type Figures = Readonly<Record<TrainingOutput, number>>

/**
 * Makes sure that the figures of the iteration that made `step` of them are finite.
 *
 * @throws KwiatError `training-diverged`
 */
export function checkFiniteFigures(figures: Figures, step: number): void {
  const broken = trainingOutputs.find((name) => !Number.isFinite(figures[name]))
  if (broken !== undefined) {
    throw diverged(step, broken, figures[broken])
  }
}

/**
 * Makes sure that all weights and slots are finite: the losses of an iteration are those before its update, so that they
 * are one iteration late to tell.
 *
 * @throws KwiatError `training-diverged`
 */
export function checkFiniteState(state: ReadonlyMap<string, HostTensor>, step: number): void {
  for (const [name, { data }] of state) {
    const broken = firstNonFinite(data)
    if (broken !== undefined) {
      throw diverged(step, name, broken)
    }
  }
}

function firstNonFinite(data: TensorData): number | undefined {
  // A plain loop: the arrays have millions of elements, and this runs before each checkpoint.
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      return data[i]
    }
  }
  return undefined
}

const diverged = (step: number, name: string, value: number): KwiatError =>
  new KwiatError('training-diverged', {
    who: `step ${step}`,
    expected: `a finite ${name}`,
    actual: `${value}`,
    todo: 'start a new run with lower learning rates or clipped gradients (the checkpoints saved before are whole)'
  })
