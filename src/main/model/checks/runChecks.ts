import { keysOf } from '../../../shared/records'
import type { Finding } from '../finding'
import type { PlannedRun, RunCheck } from './check'
import { outputNotTanh } from './outputNotTanh'

/** What can be built, but trains badly or not at all; in the order in which it is told. */
export const runChecks = {
  'output-not-tanh': outputNotTanh
} as const satisfies Readonly<Record<string, RunCheck>>

/** What makes this run train badly or not at all. */
export const findDoubts = (run: PlannedRun): readonly Finding[] =>
  keysOf(runChecks).flatMap((code) =>
    runChecks[code].find(run).map((found): Finding => ({ severity: runChecks[code].severity, ...found, code }))
  )
