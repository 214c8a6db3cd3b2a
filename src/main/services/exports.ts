import { dirname, join } from 'node:path'
import type { ExportOptions, ExportProgress } from '../../shared/contract/exports'
import { Cancelled } from '../../shared/errors'
import { archiveRun } from '../checkpoints/archive/archiveRun'
import { type ImportedRun, importRun } from '../checkpoints/archive/importRun'
import { readExportedModel } from '../checkpoints/export/exportedModel'
import { encodeModelExport, type ModelExport } from '../checkpoints/export/exportModel'
import { openRun } from '../checkpoints/runFolder'
import { nodeDisk } from '../files/disk'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { checkFree, createFile, createFolder, freePath } from '../files/newPath'

/** Where an export goes: into a folder under a name that is free there, to this very path, or into memory. */
export type ExportTarget = { readonly folder: string } | { readonly path: string } | 'memory'

export interface ExportPorts {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined
}

export interface SavedExport {
  /** Null for one in memory. */
  readonly path: string | null
  readonly bytes: number
  /** Empty unless it is in memory. */
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[]
  readonly notice: string | null
}

const bytesOf = ({ files }: ModelExport): number =>
  files.reduce((sum, { parts }) => sum + parts.reduce((inner, part) => inner + part.byteLength, 0), 0)

function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new Cancelled()
  }
}

const pathFor = (target: Exclude<ExportTarget, 'memory'>, name: string): Promise<string> | string =>
  'path' in target ? target.path : freePath(target.folder, name)

/**
 * Exports the generator of a checkpoint.
 *
 * @param from path of a checkpoint's folder, or of a run's: then its newest whole checkpoint
 * @throws KwiatError `export-unsuited`, `file-exists`, `checkpoint-broken`, `disk-full`, `disk-unwritable` and the like
 * @throws Cancelled
 */
export async function exportModel(
  from: string,
  options: ExportOptions,
  target: ExportTarget,
  { signal, onProgress }: ExportPorts = {}
): Promise<SavedExport> {
  if (target !== 'memory' && 'path' in target) {
    await checkFree(target.path)
  }
  onProgress?.({ phase: 'reading', doneBytes: 0, totalBytes: null })
  const model = await readExportedModel(from, options.weights)
  checkCancelled(signal)
  onProgress?.({ phase: 'converting', doneBytes: 0, totalBytes: null })
  const made = await encodeModelExport(model, options)
  checkCancelled(signal)
  const bytes = bytesOf(made)
  onProgress?.({ phase: 'writing', doneBytes: 0, totalBytes: bytes })
  if (target === 'memory') {
    const files = made.files.map(({ name, parts }) => ({ name, content: Buffer.concat(parts) }))
    return { path: null, bytes, files, notice: made.notice }
  }
  const path = await pathFor(target, made.name)
  await saving(path, bytes, () =>
    made.isFolder ? createFolder(path, made.files) : createFile(path, made.files[0]!.parts)
  )
  return { path, bytes, files: [], notice: made.notice }
}

/**
 * Writes a whole run as one `.kwiat` file.
 *
 * @param from path of the run's folder, or of one of its checkpoints
 * @throws KwiatError `run-not-found`, `file-exists`, `disk-full`, `disk-unwritable`
 * @throws Cancelled
 */
export async function exportRun(
  from: string,
  target: Exclude<ExportTarget, 'memory'>,
  { signal, onProgress }: ExportPorts = {}
): Promise<{ path: string; bytes: number }> {
  const { name, totalBytes, content } = await archiveRun(await openRun(from))
  const path = await pathFor(target, name)
  await checkFree(path)
  const tell = (doneBytes: number) => onProgress?.({ phase: 'writing', doneBytes, totalBytes })
  const bytes = await saving(path, totalBytes, () => createFile(path, content({ signal, onProgress: tell })))
  return { path, bytes }
}

/**
 * Takes up a run from a `.kwiat` file, under a new id where its own is taken.
 *
 * @throws KwiatError `data-corrupt`, `data-unsafe`, `run-broken`, `run-newer`, `disk-full`, `disk-unwritable`
 * @throws Cancelled
 */
export const importRunFile = (
  archive: string,
  runsFolder: string,
  takenIds: readonly string[],
  { signal, onProgress }: ExportPorts = {}
): Promise<ImportedRun> =>
  importRun(archive, runsFolder, (id) => takenIds.includes(id), {
    signal,
    onProgress: (doneBytes, totalBytes) => onProgress?.({ phase: 'writing', doneBytes, totalBytes })
  })

const saving = <Value>(path: string, bytes: number, work: () => Promise<Value>): Promise<Value> => {
  const folder = dirname(join(path))
  return explainDiskFaults({ task: 'exporting', folder, bytes, safe: 'the run itself is unchanged' }, nodeDisk, work)
}
