/** Thousand real pictures shown after `step` iterations: step · batchSize · discriminatorSteps / 1000. */
export const kimgOf = (step: number, batchSize: number, discriminatorSteps: number): number =>
  (step * batchSize * discriminatorSteps) / 1000
