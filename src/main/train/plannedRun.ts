import { freemem, totalmem } from 'node:os'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { toError } from '../model/analysis'
import type { PlannedRun } from '../model/checks/check'
import { findProblems } from '../model/checks/registerChecks'
import { examineArchitecture } from '../model/examination'
import { estimateMemory } from './memoryEstimate'

/** The largest batch below the configuration's whose need is at most `bytes`; null where not even one picture's is. */
function fittingBatchSize(configuration: RunConfiguration, bytes: number): number | null {
  const examined = examineArchitecture(configuration.architecture)
  const fits = (batchSize: number) => {
    const schedule = { ...configuration.schedule, batchSize }
    return (estimateMemory(examined, { ...configuration, schedule })?.totalBytes ?? Number.POSITIVE_INFINITY) <= bytes
  }
  let [least, most] = [0, configuration.schedule.batchSize]
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    ;[least, most] = fits(middle) ? [middle, most] : [least, middle]
  }
  return least === 0 ? null : least
}

/** The run as it is planned, on this computer. */
export function planRun(configuration: RunConfiguration): PlannedRun {
  const examined = examineArchitecture(configuration.architecture)
  const neededBytes = estimateMemory(examined, configuration)?.totalBytes ?? null
  const [freeBytes, totalBytes] = [freemem(), totalmem()]
  const isShort = neededBytes !== null && neededBytes > freeBytes
  return {
    ...examined,
    configuration,
    memory: {
      neededBytes,
      freeBytes,
      totalBytes,
      fittingBatchSize: isShort ? fittingBatchSize(configuration, freeBytes) : null
    }
  }
}

/**
 * Makes sure that nothing is wrong with a run that would keep it from training.
 *
 * @throws KwiatError `architecture-invalid` with the first error; warnings are for those who ask for them
 */
export function checkStartable(configuration: RunConfiguration): void {
  const run = planRun(configuration)
  const error = findProblems(run).find(({ severity }) => severity === 'error')
  if (error !== undefined) {
    throw toError(error, run)
  }
}
