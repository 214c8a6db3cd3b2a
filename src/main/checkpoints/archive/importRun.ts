import { basename, dirname, join } from 'node:path'
import { KwiatError } from '../../../shared/errors'
import type { FileTree } from '../../data/trees/fileTree'
import { openZipTree } from '../../data/trees/zipTree'
import { ensureFolder } from '../../files/atomicFolder'
import { nodeDisk } from '../../files/disk'
import { writeFile } from '../../files/writeFile'
import { noteVerified } from '../checkpointMarks'
import { checkpointsFolder, stepOfName } from '../checkpointPaths'
import { listCheckpoints } from '../listCheckpoints'
import { verifyCheckpoint } from '../readCheckpoint'
import { parseRunFile, type RunFile } from '../runFile'
import { createRun, drawRunId, type Run } from '../runFolder'

export interface ImportedRun {
  readonly run: Run
  /** Checkpoints that came with it. */
  readonly checkpoints: number
  /** Those of them that are not as they were saved. */
  readonly broken: readonly { readonly step: number; readonly message: string }[]
}

export interface ImportRunPorts {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined
}

/** `run.json` is read before all else, and is small. */
const maxRunFileBytes = 10e6

/** What a run consists of; nothing else of an archive is unpacked. */
const runFiles =
  /^(metrics\.jsonl|samples\/step-\d{6,15}\.png|checkpoints\/step-\d{6,15}\/(manifest\.json|(generator|discriminator|ema|optimizer)\.safetensors|pinned))$/

/**
 * Unpacks a `.kwiat` file as a run, all of it or nothing, beside those that are there, under a new id where its own is
 * taken, and reads every byte of its checkpoints. Broken ones stay, as in any run, and are named.
 *
 * @param isTaken whether a run has this id
 * @throws KwiatError `data-corrupt`, `data-unsafe` for archives that are broken or hostile, `run-broken`, `run-newer`,
 * `disk-full`, `disk-unwritable`
 * @throws Cancelled
 */
export async function importRun(
  archive: string,
  runsFolder: string,
  isTaken: (id: string) => boolean,
  ports: ImportRunPorts = {}
): Promise<ImportedRun> {
  const tree = await openZipTree(archive)
  const root = rootOf(tree)
  const file = await readRunFile(tree, root)
  const id = isTaken(file.id) ? drawRunId() : file.id
  const { format: _, formatVersion: __, id: ___, ...facts } = file
  const run = await createRun(runsFolder, { ...facts, id }, nodeDisk, (unfinished) =>
    unpack(tree, root, unfinished, ports)
  )
  return { run, ...(await verifyAll(run.folder, ports)) }
}

/** Where the run stands in the archive: at its root, or in one folder, as when somebody packed it again. */
function rootOf({ name, files }: FileTree): string {
  const [found] = files.filter(({ path }) => basename(path) === 'run.json').map(({ path }) => dirname(path))
  if (found === undefined) {
    throw new KwiatError('run-broken', {
      who: name,
      expected: 'a run that Kwiat exported, with a run.json in it',
      actual: 'an archive without one',
      todo: 'choose a file that ends in .kwiat'
    })
  }
  return found === '.' ? '' : `${found}/`
}

async function readRunFile(tree: FileTree, root: string): Promise<RunFile> {
  const path = `${root}run.json`
  const parts: Uint8Array[] = []
  for await (const { bytes, chunks } of tree.read((candidate) => candidate === path)) {
    if (bytes > maxRunFileBytes) {
      throw new KwiatError('run-broken', {
        who: `${path} in ${tree.name}`,
        expected: `at most ${maxRunFileBytes} bytes`,
        actual: `${bytes}`,
        todo: 'choose a file that Kwiat exported'
      })
    }
    for await (const chunk of chunks) {
      parts.push(chunk)
    }
  }
  return parseRunFile(Buffer.concat(parts).toString(), `${path} in ${tree.name}`)
}

async function unpack(tree: FileTree, root: string, to: string, { signal, onProgress }: ImportRunPorts): Promise<void> {
  const inRun = (path: string): string | null =>
    path.startsWith(root) && runFiles.test(path.slice(root.length)) ? path.slice(root.length) : null
  const totalBytes = tree.files.reduce((sum, { path, bytes }) => sum + (inRun(path) === null ? 0 : bytes), 0)
  let doneBytes = 0
  for await (const { path, chunks } of tree.read((candidate) => inRun(candidate) !== null, signal)) {
    const target = join(to, inRun(path)!)
    await ensureFolder(dirname(target))
    const { bytes } = await writeFile(target, chunks, nodeDisk)
    doneBytes += bytes
    onProgress?.(doneBytes, totalBytes)
  }
  await syncFolders(to)
}

async function syncFolders(run: string): Promise<void> {
  const checkpoints = await listCheckpoints(run)
  for (const folder of checkpoints.map((checkpoint) => checkpoint.folder)) {
    await nodeDisk.syncFolder(folder)
  }
  if (checkpoints.length > 0) {
    await nodeDisk.syncFolder(checkpointsFolder(run))
  }
}

async function verifyAll(folder: string, { signal }: ImportRunPorts): Promise<Omit<ImportedRun, 'run'>> {
  const checkpoints = await listCheckpoints(folder)
  const broken: { step: number; message: string }[] = []
  for (const { folder: place } of checkpoints) {
    const found = await verifyCheckpoint(place, signal === undefined ? {} : { signal })
    if (found.whole) {
      await noteVerified(place, new Date())
    } else {
      broken.push({ step: stepOfName(basename(place))!, message: found.error.message })
    }
  }
  return { checkpoints: checkpoints.length, broken }
}
