import { keysOf } from '../../../shared/records'
import type { ArchitectureExamination, NetworkExamination } from '../examination'
import type { Finding } from '../finding'
import type { BuildCheck } from './check'
import { networkTooLarge } from './networkTooLarge'
import { outputNotLinear } from './outputNotLinear'
import { outputNotOneLogit } from './outputNotOneLogit'
import { outputSize } from './outputSize'
import { stridedConvolution } from './stridedConvolution'

/** What makes networks that can't be built, besides layers that don't fit their inputs; in the order in which it is told. */
export const buildChecks = {
  'strided-convolution-in-generator': stridedConvolution,
  'output-size': outputSize,
  'output-not-one-logit': outputNotOneLogit,
  'output-not-linear': outputNotLinear,
  'network-too-large': networkTooLarge
} as const satisfies Readonly<Record<string, BuildCheck>>

/** Everything for which these networks can't be built; none when they can. */
export function findMisfits(examined: ArchitectureExamination): readonly Finding[] {
  const fitting = ({ findings }: NetworkExamination) => findings
  const found = keysOf(buildChecks).flatMap((code) =>
    buildChecks[code].find(examined).map((finding): Finding => ({ severity: 'error', ...finding, code }))
  )
  return [...fitting(examined.generator), ...fitting(examined.discriminator), ...found]
}
