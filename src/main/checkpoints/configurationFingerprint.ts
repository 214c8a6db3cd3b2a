import { createHash } from 'node:crypto'
import { type Difference, differencesBetween } from '../../shared/config/differences'
import { type RunConfiguration, runConfigurationSchema } from '../../shared/config/runConfiguration'

/**
 * All settings that decide a run's numbers: all but the preset's name, the number of steps, what is written when, and the
 * parts in which a batch is computed, which change nothing but rounding.
 */
function decidingSettings({ preset: _preset, output: _output, schedule, ...others }: RunConfiguration) {
  const { steps: _steps, accumulate: _accumulate, ...decidingSchedule } = schedule
  return { ...others, schedule: decidingSchedule }
}

/** SHA-256 of `decidingSettings`: two configurations with the same one give the same weights at the same step. */
export const configurationFingerprint = (configuration: RunConfiguration): string =>
  createHash('sha256')
    .update(JSON.stringify(decidingSettings(configuration), sortKeys))
    .digest('hex')

/** A replacer for `JSON.stringify`: the order in which fields were written must not matter. */
function sortKeys(_key: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
}

/** What a manifest tells of the configuration that it was trained with. */
interface Trained {
  readonly configuration?: unknown
  readonly configurationFingerprint: string
}

/**
 * In which deciding settings a configuration differs from the one that a checkpoint was trained with, as far as can be
 * known: null when they differ but the checkpoint does not tell in what. A setting that an earlier Kwiat didn't have
 * counts with its default.
 */
export function differencesFrom(
  { configuration: trained, configurationFingerprint: fingerprint }: Trained,
  configuration: RunConfiguration
): readonly Difference[] | null {
  if (configurationFingerprint(configuration) === fingerprint) {
    return []
  }
  const parsed = runConfigurationSchema.safeParse(trained)
  return parsed.success ? differencesBetween(decidingSettings(parsed.data), decidingSettings(configuration)) : null
}
