import { formatFieldName, formatWhole } from '../format/format'
import type { FieldSpec, GroupName } from './fieldSpecs'

/** Beyond this, "at least" says all. */
const longMaximum = 1e12

const formatLimit = (limit: number): string =>
  Number.isInteger(limit) ? formatWhole(limit) : limit < 0.001 ? limit.toExponential() : String(limit)

const formatValue = (value: unknown): string => {
  if (value === null) {
    return 'off'
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'all' : value.join(', ')
  }
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)
}

/** Names that differ from the field's own in more than their spelling. */
const labels: Readonly<Record<string, string>> = {
  'generatorOptimizer.kind': 'Optimiser',
  'discriminatorOptimizer.kind': 'Optimiser',
  'loss.kind': 'Loss',
  'loss.discriminatorSays': 'Output 1 means',
  'schedule.emaDecay': 'EMA decay',
  'data.flip': 'Flip'
}

const groups = {
  data: 'Data',
  generatorOptimizer: 'Optimiser of the generator',
  discriminatorOptimizer: 'Optimiser of the discriminator',
  loss: 'Loss and regularisation',
  schedule: 'Schedule',
  output: 'Output'
} satisfies Record<GroupName, string>

const groupTitles: Readonly<Record<string, string>> = groups

export const formText = {
  groups,
  label: ({ path, name }: FieldSpec): string => labels[path] ?? formatFieldName(name),
  range: (min: number, max: number): string =>
    max >= longMaximum ? `at least ${formatLimit(min)}` : `${formatLimit(min)} to ${formatLimit(max)}`,
  offWhenEmpty: 'empty is off',
  off: 'off',
  all: 'all classes',
  wordsHint: 'Separated by commas.',
  reset: (label: string, value: unknown): string => `Reset ${label.toLowerCase()} to ${formatValue(value)}`,
  /** A field's place for people: "schedule.batchSize" → "Schedule · Batch size". */
  place: (path: string): string => {
    const [group = '', ...rest] = path.split('.')
    const title = groupTitles[group] ?? formatFieldName(group)
    return [title, ...(rest.length === 0 ? [] : [labels[path] ?? formatFieldName(rest.join(' '))])].join(' · ')
  },
  issue: ({ expected, actual }: { expected: string; actual: string }): string => `Expected ${expected}, got ${actual}.`,
  issues: (count: number): string => (count === 1 ? '1 value is wrong' : `${count} values are wrong`)
}
