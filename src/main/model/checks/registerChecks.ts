import type { ProblemCode } from '../../../shared/architecture/problems'
import type { Finding } from '../finding'
import { buildChecks, findMisfits } from './buildChecks'
import type { Meaning, PlannedRun } from './check'
import { kernelLargerThanInput, layerInputsUnfit, layerInputUnknown, layerNameTaken, layerUnread } from './fitting'

/** What each code means. A new check is one file, one code and one line in a table. */
export const meanings: { readonly [Code in ProblemCode]: Meaning } = {
  'layer-name-taken': layerNameTaken,
  'layer-input-unknown': layerInputUnknown,
  'layer-unread': layerUnread,
  'layer-inputs-unfit': layerInputsUnfit,
  'kernel-larger-than-input': kernelLargerThanInput,
  ...buildChecks
}

/** Everything that is wrong with a planned run, errors first. */
export const findProblems = (run: PlannedRun): readonly Finding[] => findMisfits(run)
