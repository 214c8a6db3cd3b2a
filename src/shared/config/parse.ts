import type { z } from 'zod'
import { type ErrorParts, KwiatError } from '../errors'
import { closestName } from './closest'
import { describeField, fieldNamesAt, type Path, valueAt } from './fieldSchema'
import { type RunConfiguration, runConfigurationSchema } from './runConfiguration'

const maxShown = 60

const formatPath = (path: Path): string => (path.length === 0 ? 'configuration' : path.join('.'))

function describeValue(value: unknown): string {
  // JSON has no NaN and no infinity.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text
}

/** An unknown field, with the known name that is most like it. */
function unknownField(input: unknown, path: Path, key: string): ErrorParts {
  const known = fieldNamesAt(input, path)
  const closest = closestName(key, known)
  return {
    who: formatPath([...path, key]),
    expected: `a field of ${formatPath(path)} (${known.join(', ')})`,
    actual: `the unknown field "${key}"`,
    todo: closest === undefined ? 'remove it' : `write "${closest}" or remove it`
  }
}

function wrongValue(input: unknown, path: Path): ErrorParts {
  const value = valueAt(input, path)
  return {
    who: formatPath(path),
    expected: describeField(input, path),
    actual: describeValue(value),
    todo: value === undefined ? 'add it' : 'change it'
  }
}

const isPathPart = (key: PropertyKey): key is string | number => typeof key !== 'symbol'

/**
 * What is wrong with `input`, one entry for each wrong field: its path, what may stand there, and what does.
 *
 * @param error what `runConfigurationSchema` said about `input`
 */
export const formatConfigurationIssues = (error: z.ZodError, input: unknown): readonly ErrorParts[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.filter(isPathPart)
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField(input, path, key))
      : [wrongValue(input, path)]
  })

/** One error for all issues: the first in full, the others by their place. */
function toError([first, ...others]: readonly ErrorParts[]): KwiatError {
  const more = others.length === 0 ? '' : ` (and look at ${others.map(({ who }) => who).join(', ')})`
  return new KwiatError('configuration-invalid', { ...first!, todo: `${first!.todo}${more}` })
}

/**
 * A configuration with all defaults filled in, from anything: a file, a form, another process.
 *
 * @throws KwiatError `configuration-invalid` that names the field, what may stand there, and what does
 */
export function parseRunConfiguration(input: unknown): RunConfiguration {
  const result = runConfigurationSchema.safeParse(input)
  if (!result.success) {
    throw toError(formatConfigurationIssues(result.error, input))
  }
  return result.data
}
