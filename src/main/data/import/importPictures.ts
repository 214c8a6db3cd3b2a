import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { KwiatError } from '../../../shared/errors'
import { type AddFile, writeFolder } from '../../files/atomicFolder'
import { type Disk, nodeDisk } from '../../files/disk'
import { explainDiskFaults } from '../../files/explainDiskFaults'
import { checkCancelled } from '../checkCancelled'
import { type DecodedPicture, decodePicture, type PictureShape, prepareDecoder } from '../decode/decodePicture'
import { type Refusal, refuse } from '../decode/picture'
import { mapInOrder } from '../mapInOrder'
import { selectClasses } from '../selectClasses'
import type { PictureSource, SourceEntry } from '../source'
import { type CacheEntry, cacheEntryPath, entryFiles, findEntry, removeStaleImports } from './cacheEntry'
import { type ImportProgress, ImportTally } from './importTally'
import { inBlocks } from './inBlocks'
import type { ImportOptions, Manifest } from './manifest'

export interface ImportHooks {
  readonly signal?: AbortSignal | undefined
  /** Called a few times a second, and at the end. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined
  readonly disk?: Disk | undefined
}

/** Enough to keep the four threads of Node's pool busy, few enough to bound the memory that large pictures take. */
const decodesInFlight = 2 * Math.min(4, availableParallelism())
const progressEveryMs = 100
const reasonsShown = 3

/**
 * Makes the pictures of a source into a set of equal shape, once: the import of the same content with the same options
 * is found in the cache and used in place. A picture that can't be read is refused and listed; whatever else happens, the
 * cache holds the whole import or nothing of it.
 *
 * @param cacheFolder where imports are kept; made when it is missing
 * @throws KwiatError `class-unknown`; `data-empty` when no picture is left
 * @throws KwiatError `data-corrupt`, `data-unsafe`, `data-too-large` when the source can't be read to its end
 * @throws KwiatError `disk-full`, `disk-unwritable`
 * @throws Cancelled
 */
export async function importPictures(
  source: PictureSource,
  options: ImportOptions,
  cacheFolder: string,
  hooks: ImportHooks = {}
): Promise<CacheEntry> {
  const available = source.classes.map(({ name }) => name)
  const classNames = selectClasses(source.name, available, options.classes)
  const folder = cacheEntryPath(cacheFolder, source, options)
  const standing = await findEntry(folder)
  if (standing !== null) {
    return standing
  }
  await writeEntry(folder, cacheFolder, source, options, hooks, (add) =>
    addFiles(add, source, options, classNames, hooks)
  )
  const written = await findEntry(folder)
  if (written === null) {
    throw new Error(`import: ${folder} is not there although it was written`)
  }
  return written
}

async function writeEntry(
  folder: string,
  cacheFolder: string,
  source: PictureSource,
  { size, channels }: ImportOptions,
  { disk = nodeDisk }: ImportHooks,
  write: (add: AddFile) => Promise<void>
): Promise<void> {
  const task = {
    task: `saving the pictures of ${source.name}`,
    folder: cacheFolder,
    bytes: source.pictureCount * size * size * channels,
    safe: 'nothing half-written was left there'
  }
  await explainDiskFaults(task, disk, async () => {
    await mkdir(cacheFolder, { recursive: true })
    await removeStaleImports(cacheFolder, disk, Date.now())
    await writeFolder(folder, write, disk)
  })
}

async function addFiles(
  add: AddFile,
  source: PictureSource,
  options: ImportOptions,
  classNames: readonly string[],
  hooks: ImportHooks
): Promise<void> {
  const tally = new ImportTally(classNames, options.channels)
  const pixels = await add(entryFiles.pixels, inBlocks(acceptedPixels(source, options, classNames, tally, hooks)))
  const { labels } = tally
  if (labels.length === 0) {
    throw nothingLeft(source, tally.refusals)
  }
  // Typed arrays are little-endian on every system that Kwiat runs on.
  const { sha256: labelsSha256 } = await add(entryFiles.labels, [new Uint8Array(labels.buffer)])
  const manifest: Manifest = {
    format: 'kwiat-pictures',
    version: 1,
    source: { kind: source.kind, name: source.name },
    options,
    ...tally.summary,
    fingerprint: pixels.sha256,
    labelsSha256,
    otherFiles: source.otherFiles,
    ...tally.refusals
  }
  await add(entryFiles.manifest, [Buffer.from(JSON.stringify(manifest, null, 2))])
}

async function* acceptedPixels(
  source: PictureSource,
  options: ImportOptions,
  classNames: readonly string[],
  tally: ImportTally,
  { signal, onProgress }: ImportHooks
): AsyncGenerator<Uint8Array> {
  const request = { classes: new Set(classNames), size: options.size, signal }
  const total = totalOf(source, request.classes)
  let lastReportMs = Number.NEGATIVE_INFINITY
  prepareDecoder()
  const outcomes = mapInOrder(source.entries(request), decodesInFlight, (entry) => decodeEntry(entry, options))
  for await (const outcome of outcomes) {
    checkCancelled(signal)
    if (outcome.kind === 'refused') {
      tally.refuse(outcome)
    } else {
      tally.accept(outcome.className, outcome.decoded)
      yield outcome.decoded.pixels
    }
    if (performance.now() - lastReportMs >= progressEveryMs) {
      lastReportMs = performance.now()
      onProgress?.(tally.progress(total))
    }
  }
  onProgress?.(tally.progress(total))
}

type Outcome = Refusal | { readonly kind: 'accepted'; readonly className: string; readonly decoded: DecodedPicture }

async function decodeEntry(entry: SourceEntry, shape: PictureShape): Promise<Outcome> {
  if (entry.kind === 'refused') {
    return entry
  }
  const { name, className, picture } = entry
  const decoded = await decodePicture(picture, shape)
  return 'pixels' in decoded ? { kind: 'accepted', className, decoded } : refuse(name, decoded.code, decoded.reason)
}

/** Entries that the classes have together; null where only reading the source would tell. */
function totalOf(source: PictureSource, classes: ReadonlySet<string>): number | null {
  const left = source.classes.filter(({ name }) => !classes.has(name))
  return left.some(({ count }) => count === null)
    ? null
    : left.reduce((total, { count }) => total - (count ?? 0), source.pictureCount)
}

function nothingLeft(source: PictureSource, { refusedCount, refused }: Pick<Manifest, 'refusedCount' | 'refused'>) {
  const reasons = refused.slice(0, reasonsShown).map(({ name, reason }) => `${name}: ${reason}`)
  return new KwiatError('data-empty', {
    who: source.name,
    expected: 'a picture that can be used',
    actual: refusedCount === 0 ? 'none in the chosen classes' : `${refusedCount} refused (${reasons.join('; ')})`,
    todo: 'give other pictures, or save these again as PNG'
  })
}
