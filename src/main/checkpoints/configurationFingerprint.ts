import { createHash } from 'node:crypto'
import type { RunConfiguration } from '../../shared/config/runConfiguration'

/**
 * SHA-256 of all settings that decide a run's numbers: two configurations with the same fingerprint give the same
 * weights at the same step. The preset's name, the number of steps and what is written out when don't decide them.
 */
export function configurationFingerprint(configuration: RunConfiguration): string {
  const { preset: _preset, output: _output, schedule, ...deciding } = configuration
  const { steps: _steps, ...decidingSchedule } = schedule
  const text = JSON.stringify({ ...deciding, schedule: decidingSchedule }, sortKeys)
  return createHash('sha256').update(text).digest('hex')
}

/** A replacer for `JSON.stringify`: the order in which fields were written must not matter. */
function sortKeys(_key: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
}
