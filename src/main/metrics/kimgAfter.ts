/**
 * Thousand real pictures shown after `iterations` more than those that showed `kimgBefore`:
 * kimgBefore + iterations · batchSize · discriminatorSteps / 1000. Counted in whole pictures, so that no error adds up.
 */
export const kimgAfter = (
  kimgBefore: number,
  iterations: number,
  batchSize: number,
  discriminatorSteps: number
): number => (Math.round(1000 * kimgBefore) + iterations * batchSize * discriminatorSteps) / 1000
