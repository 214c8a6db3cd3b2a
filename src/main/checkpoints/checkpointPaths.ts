import { basename, dirname, join } from 'node:path'

const stepPattern = /^step-(\d{6,15})$/

/** As "step-000500". */
export const stepName = (step: number): string => `step-${String(step).padStart(6, '0')}`

/** The step of a name made by `stepName`, or null for other names. */
export function stepOfName(name: string): number | null {
  const digits = stepPattern.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

export const checkpointsFolder = (runFolder: string): string => join(runFolder, 'checkpoints')

/** The run folder that a path would belong to if a checkpoint stood there; null when its names say that it is none. */
export function runOfCheckpoint(path: string): string | null {
  const parent = dirname(path)
  return stepOfName(basename(path)) !== null && basename(parent) === 'checkpoints' ? dirname(parent) : null
}
