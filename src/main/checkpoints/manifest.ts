import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { metricsSchema } from '../../shared/contract/metrics'
import { KwiatError } from '../../shared/errors'
import { unlessMissing } from '../files/nodeErrors'
import { configurationFingerprint } from './configurationFingerprint'
import { parseVersioned } from './parseVersioned'
import { sealJson, unsealJson } from './sealedJson'

/** The files of a training state. Each holds the tensors whose names begin with its own name, as "generator/". */
export const stateFiles = [
  'generator.safetensors',
  'discriminator.safetensors',
  'ema.safetensors',
  'optimizer.safetensors'
] as const
export type StateFile = (typeof stateFiles)[number]

/** The beginning of the names of the tensors in a file: "generator/" for generator.safetensors. */
export const prefixOf = (file: StateFile): string => `${file.slice(0, file.indexOf('.'))}/`

export const manifestFile = 'manifest.json'
const formatVersion = 1

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

const manifestSchema = z.strictObject({
  format: z.literal('kwiat-checkpoint'),
  formatVersion: z.literal(formatVersion),
  /** Iterations done. */
  step: z.int().min(0),
  /** Thousand real pictures shown. */
  kimg: z.number().min(0),
  /** When it was written, ISO 8601 in UTC. */
  created: z.iso.datetime(),
  files: z.record(z.enum(stateFiles), z.strictObject({ bytes: z.int().min(0), sha256: sha256Schema })),
  /** The line of metrics of this step; null when there was none. */
  metrics: metricsSchema.nullable(),
  /** The generators are counter-based: the seed and the step are their whole state. */
  random: z.strictObject({ generator: z.literal('philox4x32-10'), seed: z.int().min(0) }),
  /** Of the configuration it was trained with; see `configurationFingerprint`. */
  configurationFingerprint: sha256Schema,
  /**
   * The configuration itself, as the Kwiat that saved it wrote it: for telling what differs. Not checked here, since a
   * later Kwiat may know other fields.
   */
  configuration: z.record(z.string(), z.json()).exactOptional(),
  /** The engine's id, as "ort-cpu". */
  engine: z.string(),
  /** Of Kwiat and what it stands on, by name. */
  versions: z.record(z.string(), z.string())
})

const manifestFormat = {
  schema: manifestSchema,
  version: formatVersion,
  newerCode: 'checkpoint-newer',
  broken: brokenFile
} as const

/** What `manifest.json` says of a checkpoint. */
export type Manifest = Readonly<z.infer<typeof manifestSchema>>

/** What the writer of a checkpoint must say of it. */
export type CheckpointFacts = Pick<Manifest, 'step' | 'kimg' | 'metrics' | 'engine' | 'versions'> & {
  /** What it was trained with; the seed is among it. */
  readonly configuration: RunConfiguration
}

/** The manifest of a checkpoint with these files, made now. Parsed, so that none is written that can't be read. */
export function createManifest({ configuration, ...facts }: CheckpointFacts, files: Manifest['files']): Manifest {
  return manifestSchema.parse({
    format: 'kwiat-checkpoint',
    formatVersion,
    created: new Date().toISOString(),
    random: { generator: 'philox4x32-10', seed: configuration.schedule.seed },
    configurationFingerprint: configurationFingerprint(configuration),
    configuration: z.record(z.string(), z.json()).parse(configuration),
    files,
    ...facts
  })
}

export const encodeManifest = (manifest: Manifest): Uint8Array => Buffer.from(sealJson(manifest))

/**
 * Reads the manifest of a checkpoint.
 *
 * @throws KwiatError `checkpoint-not-found`, `checkpoint-broken`, `checkpoint-newer`
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile)
  const text = await unlessMissing(readFile(path, 'utf8'), null)
  if (text === null) {
    throw brokenFile(path, 'no such file')
  }
  const content = unsealJson(text)
  if (content === null) {
    throw brokenFile(path, 'one that was changed or cut')
  }
  return parseVersioned(path, content, manifestFormat)
}

/** The error for a file of a checkpoint that isn't the one that was written. */
export function brokenFile(path: string, actual: string): KwiatError {
  return new KwiatError('checkpoint-broken', {
    who: path,
    expected: 'the file that was saved',
    actual,
    todo: 'use another checkpoint of the run, or put the file back from a copy'
  })
}
