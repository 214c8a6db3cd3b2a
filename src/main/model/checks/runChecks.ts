import { keysOf } from '../../../shared/records'
import type { Finding } from '../finding'
import { batchNormalizationWithPenalty } from './batchNormalizationWithPenalty'
import type { PlannedRun, RunCheck } from './check'
import { kernelAndStride } from './kernelAndStride'
import { linearAfterLinear } from './linearAfterLinear'
import { maxPooling } from './maxPooling'
import { memoryShort } from './memoryShort'
import { noRandomness } from './noRandomness'
import { outputNotTanh } from './outputNotTanh'
import { relu } from './relu'
import { saturatingWithPenalty } from './saturatingWithPenalty'
import { unequalCapacity } from './unequalCapacity'
import { uniformLatents } from './uniformLatents'

/** What can be built, but trains badly or not at all; in the order in which it is told. */
export const runChecks = {
  'batch-normalization-with-penalty': batchNormalizationWithPenalty,
  'output-not-tanh': outputNotTanh,
  'linear-after-linear': linearAfterLinear,
  'kernel-not-divisible-by-stride': kernelAndStride,
  'max-pooling': maxPooling,
  relu: relu,
  'no-randomness': noRandomness,
  'uniform-latents': uniformLatents,
  'saturating-with-penalty': saturatingWithPenalty,
  'unequal-capacity': unequalCapacity,
  'memory-short': memoryShort
} as const satisfies Readonly<Record<string, RunCheck>>

/** What makes this run train badly or not at all. */
export const findDoubts = (run: PlannedRun): readonly Finding[] =>
  keysOf(runChecks).flatMap((code) =>
    runChecks[code].find(run).map((found): Finding => ({ severity: runChecks[code].severity, ...found, code }))
  )
