import { z } from 'zod'
import { type ErrorCode, KwiatError } from '../../shared/errors'

/** What a file with a `formatVersion` must be. */
export interface FileFormat<Schema extends z.ZodType> {
  readonly schema: Schema
  /** The newest version that is known. */
  readonly version: number
  /** The code for a file of a later version. */
  readonly newerCode: ErrorCode
  /** The error for a file that isn't as the schema wants it. */
  readonly broken: (path: string, actual: string) => KwiatError
}

const anyVersion = z.looseObject({ formatVersion: z.int() })

/**
 * Checks what was read from a file against its schema; a later version is told from a broken file.
 *
 * @throws KwiatError with the format's codes
 */
export function parseVersioned<Schema extends z.ZodType>(
  path: string,
  content: unknown,
  { schema, version, newerCode, broken }: FileFormat<Schema>
): z.output<Schema> {
  const found = anyVersion.safeParse(content).data?.formatVersion
  if (found !== undefined && found > version) {
    throw new KwiatError(newerCode, {
      who: path,
      expected: `format version ${version}, the newest that this Kwiat knows`,
      actual: `version ${found}`,
      todo: 'update Kwiat'
    })
  }
  const parsed = schema.safeParse(content)
  if (!parsed.success) {
    throw broken(path, describeFirstIssue(parsed.error))
  }
  return parsed.data
}

function describeFirstIssue({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'something else' : `a mistake at ${issue.path.join('.') || 'its top'} (${issue.message})`
}
