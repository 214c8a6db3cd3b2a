import type { ProblemCode } from '../../../shared/architecture/problems'
import type { Finding } from '../finding'
import { buildChecks, findMisfits } from './buildChecks'
import type { Meaning, PlannedRun } from './check'
import { kernelLargerThanInput, layerInputsUnfit, layerInputUnknown, layerNameTaken, layerUnread } from './fitting'
import { findDoubts, runChecks } from './runChecks'

/** What each code means. A new check is one file, one code, and one line in `buildChecks` or `runChecks`. */
export const meanings: { readonly [Code in ProblemCode]: Meaning } = {
  'layer-name-taken': layerNameTaken,
  'layer-input-unknown': layerInputUnknown,
  'layer-unread': layerUnread,
  'layer-inputs-unfit': layerInputsUnfit,
  'kernel-larger-than-input': kernelLargerThanInput,
  ...buildChecks,
  ...runChecks
}

/** Everything that is wrong with a planned run, errors first. */
export function findProblems(run: PlannedRun): readonly Finding[] {
  const all = [...findMisfits(run), ...findDoubts(run)]
  const withSeverity = (severity: Finding['severity']) => all.filter((finding) => finding.severity === severity)
  return [...withSeverity('error'), ...withSeverity('warning')]
}
