import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Disk } from '../../files/disk'
import { unlessMissing } from '../../files/nodeErrors'
import { isTemporaryName, nameBeforeReplacing } from '../../files/temporaryNames'
import type { PictureSource } from '../source'
import { type ImportOptions, type Manifest, manifestSchema } from './manifest'

/** The files of an import's folder. */
export const entryFiles = {
  /** uint8, [count, size, size, channels] */
  pixels: 'pixels.u8',
  /** int32, little-endian, [count]: positions in the manifest's classes. */
  labels: 'labels.i32',
  manifest: 'manifest.json'
} as const

/** To be raised when the same source and options give other pixels. */
const importVersion = 1
const maxNameLength = 40
/** No import that is still going on leaves its files alone for so long. */
const staleAfterMs = 24 * 3600 * 1000

/** An import in the cache. */
export interface CacheEntry {
  readonly folder: string
  readonly manifest: Manifest
}

/** Where the import of a source with these options stands or will stand: equal content and options, equal path. */
export function cacheEntryPath(cacheFolder: string, source: PictureSource, options: ImportOptions): string {
  const { size, channels, crop, classes } = options
  const decisive = [importVersion, source.kind, source.identity, size, channels, crop, [...classes].sort()]
  const key = createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 16)
  const name = source.name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, maxNameLength)
  return join(cacheFolder, `${name}-${size}-${key}`)
}

export const pixelBytesOf = ({ count, options: { size, channels } }: Manifest): number => count * size * size * channels

/** The manifest of an import; null when there is none in the folder, or none that this version of Kwiat can use. */
async function readManifest(folder: string): Promise<Manifest | null> {
  const text = await unlessMissing(readFile(join(folder, entryFiles.manifest), 'utf8'), null)
  const parsed = text === null ? null : manifestSchema.safeParse(jsonOf(text))
  return parsed?.success ? parsed.data : null
}

/** The import that stands in the folder; null when it is missing or has lost a file. */
export async function findEntry(folder: string): Promise<CacheEntry | null> {
  const manifest = await readManifest(folder)
  if (manifest === null) {
    return null
  }
  const isWhole =
    (await bytesOf(join(folder, entryFiles.pixels))) === pixelBytesOf(manifest) &&
    (await bytesOf(join(folder, entryFiles.labels))) === manifest.count * Int32Array.BYTES_PER_ELEMENT
  return isWhole ? { folder, manifest } : null
}

/**
 * Removes what crashed imports left in the cache. Only what is old: another process may be importing into the same
 * cache.
 */
export async function removeStaleImports(cacheFolder: string, disk: Disk, nowMs: number): Promise<void> {
  for (const name of await unlessMissing(readdir(cacheFolder), [])) {
    const folder = join(cacheFolder, name)
    const isLeftover = isTemporaryName(name) || nameBeforeReplacing(name) !== null
    if (isLeftover && (await lastChangeMs(folder)) < nowMs - staleAfterMs) {
      await disk.remove(folder)
    }
  }
}

async function lastChangeMs(folder: string): Promise<number> {
  const names = await unlessMissing(readdir(folder), [])
  const paths = [folder, ...names.map((name) => join(folder, name))]
  return Math.max(...(await Promise.all(paths.map(async (path) => (await statsOf(path))?.mtimeMs ?? 0))))
}

const statsOf = (path: string): Promise<Stats | null> => unlessMissing(stat(path), null)
const bytesOf = async (path: string): Promise<number | null> => (await statsOf(path))?.size ?? null

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
