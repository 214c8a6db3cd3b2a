import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { runConfigurationSchema } from '../../shared/config/runConfiguration'
import { originSchema } from '../../shared/contract/checkpoints'
import { KwiatError } from '../../shared/errors'
import { parseJson } from '../../shared/parseJson'
import { unlessMissing } from '../files/nodeErrors'
import { parseVersioned } from './parseVersioned'

const formatVersion = 1

const runFileSchema = z.strictObject({
  format: z.literal('kwiat-run'),
  formatVersion: z.literal(formatVersion),
  /** Six random hexadecimal digits, also the end of the folder's name when it was made. */
  id: z.string().regex(/^[0-9a-f]{6}$/),
  /** What the user calls it. */
  name: z.string().min(1).max(100),
  /** When it was made, ISO 8601 in UTC. */
  created: z.iso.datetime(),
  /** All settings; the seed is `schedule.seed`. */
  configuration: runConfigurationSchema,
  data: z.strictObject({
    /** Path of the pictures, or the name of a built-in source. */
    source: z.string().min(1),
    /** Of the imported pictures' manifest; null for a branch with other pictures until it has begun. */
    fingerprint: z.string().min(1).nullable()
  }),
  /** The engine's id, as "ort-cpu". */
  engine: z.string().min(1),
  /** Threads of one operator, where a number was asked for: another number rounds otherwise. */
  threads: z.int().min(1).optional(),
  /** Where it began, if it is a branch of another run. */
  origin: originSchema.exactOptional(),
  /** Of Kwiat and what it stands on, by name. */
  versions: z.record(z.string(), z.string())
})

/** The content of `run.json`. */
export type RunFile = Readonly<z.infer<typeof runFileSchema>>

const runFormat = {
  schema: runFileSchema,
  version: formatVersion,
  newerCode: 'run-newer',
  broken: (path: string, actual: string) =>
    new KwiatError('run-broken', {
      who: path,
      expected: 'the description of a run',
      actual,
      todo: 'put the file back from a copy, or undo what was changed in it'
    })
} as const

/** What the maker of a run must say of it. */
export type RunFacts = Pick<RunFile, 'name' | 'configuration' | 'data' | 'engine' | 'threads' | 'origin' | 'versions'> &
  // A run from elsewhere was made before now.
  Partial<Pick<RunFile, 'created'>>

export const createRunFile = (id: string, facts: RunFacts): RunFile =>
  runFileSchema.parse({ format: 'kwiat-run', formatVersion, id, created: new Date().toISOString(), ...facts })

export const encodeRunFile = (run: RunFile): Uint8Array => Buffer.from(`${JSON.stringify(run, null, 2)}\n`)

/**
 * Reads a `run.json`; null when there is none.
 *
 * @throws KwiatError `run-broken`, `run-newer`
 */
export async function readRunFile(path: string): Promise<RunFile | null> {
  const text = await unlessMissing(readFile(path, 'utf8'), null)
  return text === null ? null : parseRunFile(text, path)
}

/**
 * The content of a `run.json`.
 *
 * @param path its path, for messages
 * @throws KwiatError `run-broken`, `run-newer`
 */
export const parseRunFile = (text: string, path: string): RunFile => parseVersioned(path, parseJson(text), runFormat)
