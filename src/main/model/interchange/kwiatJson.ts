import { z } from 'zod'
import { parseRunConfiguration } from '../../../shared/config/parse'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import { type Imported, withArchitecture } from './imported'

/** A preset, or a run's run.json, which holds one. */
const configurationShape = z.looseObject({ architecture: z.looseObject({}), generatorOptimizer: z.looseObject({}) })
const runFile = z.object({ configuration: configurationShape })
const architectureShape = z.object({ latentSize: z.unknown(), generator: z.array(z.object({ type: z.unknown() })) })

/** True for what `readKwiatJson` reads, or says what is wrong with. */
export const isKwiatJson = (value: unknown): boolean =>
  [configurationShape, runFile, architectureShape].some((shape) => shape.safeParse(value).success)

/**
 * Reads a preset, a run.json, or an architecture alone, which then replaces the one of `base`.
 *
 * @throws KwiatError `configuration-invalid` that names the wrong field
 */
export function readKwiatJson(value: unknown, base: RunConfiguration): Imported {
  const facts = { networks: ['generator', 'discriminator'], notes: [], unknownLayers: [] } as const
  const run = runFile.safeParse(value)
  if (run.success) {
    return { ...facts, configuration: parseRunConfiguration(run.data.configuration), format: 'Kwiat, run' }
  }
  if (configurationShape.safeParse(value).success) {
    return { ...facts, configuration: parseRunConfiguration(value), format: 'Kwiat, preset' }
  }
  const { architecture } = parseRunConfiguration({ ...base, architecture: value })
  return { ...facts, configuration: withArchitecture(base, architecture), format: 'Kwiat, architecture' }
}

export const toKwiatJson = (configuration: RunConfiguration): string => `${JSON.stringify(configuration, null, 2)}\n`
