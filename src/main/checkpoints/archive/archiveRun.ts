import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Cancelled } from '../../../shared/errors'
import { unlessMissing } from '../../files/nodeErrors'
import { stepName } from '../checkpointPaths'
import { type ZipEntry, zipFiles } from '../export/zipFiles'
import { listCheckpoints } from '../listCheckpoints'
import { manifestFile, stateFiles } from '../manifest'
import { metricsPath, type Run, samplePath, sampleSteps } from '../runFolder'

/** The ending of a whole run in one file. */
const archiveEnding = '.kwiat'

/** Whether it was verified is for the one to say who takes it up. */
const marks = ['pinned'] as const

interface ArchivedFile {
  /** In the archive, with "/". */
  readonly path: string
  readonly source: string
  readonly bytes: number
}

/** A run's files as they stand now. What trains goes on meanwhile: only what was there when it was listed is written. */
export interface RunArchive {
  /** What the file is called, as "frogs-1a2b3c.kwiat". */
  readonly name: string
  readonly totalBytes: number
  readonly content: (ports: ArchivePorts) => AsyncIterable<Uint8Array>
}

interface ArchivePorts {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((doneBytes: number) => void) | undefined
}

/** Files with texts become much smaller, weights and pictures hardly. */
const packed = (path: string): boolean => /\.jsonl?$/.test(path)

/**
 * Lists what a run consists of: `run.json`, the metrics, the sample grids and the whole checkpoints with their marks. Its
 * trash, its lock, broken checkpoints and what is being written are no part of it.
 */
export async function archiveRun({ folder }: Run): Promise<RunArchive> {
  const samples = await sampleSteps(folder)
  const listed = await Promise.all([
    fileAt('run.json', join(folder, 'run.json')),
    fileAt('metrics.jsonl', metricsPath(folder)),
    ...samples.map((step) => fileAt(`samples/${stepName(step)}.png`, samplePath(folder, step))),
    ...(await checkpointFiles(folder))
  ])
  const files = listed.filter((file) => file !== null)
  return {
    name: `${basename(folder)}${archiveEnding}`,
    totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    content: (ports) => withProgress(files, ports)
  }
}

async function checkpointFiles(folder: string): Promise<Promise<ArchivedFile | null>[]> {
  const whole = (await listCheckpoints(folder)).filter(({ status }) => status === 'complete')
  return whole.flatMap(({ step, folder: place }) =>
    [manifestFile, ...stateFiles, ...marks].map((name) =>
      fileAt(`checkpoints/${stepName(step)}/${name}`, join(place, name))
    )
  )
}

/** Null where there is none. */
async function fileAt(path: string, source: string): Promise<ArchivedFile | null> {
  const found = await unlessMissing(stat(source), null)
  return found === null ? null : { path, source, bytes: found.size }
}

async function* withProgress(files: readonly ArchivedFile[], { signal, onProgress }: ArchivePorts) {
  let doneBytes = 0
  async function* read({ source, bytes }: ArchivedFile): AsyncGenerator<Uint8Array> {
    if (bytes === 0) {
      return
    }
    // The metrics may have grown since: only what was listed is read.
    for await (const chunk of createReadStream(source, { end: bytes - 1 })) {
      if (signal?.aborted) {
        throw new Cancelled()
      }
      doneBytes += chunk.byteLength
      onProgress?.(doneBytes)
      yield chunk
    }
  }
  const entries = files.map(
    (file): ZipEntry => ({ path: file.path, bytes: file.bytes, compress: packed(file.path), content: () => read(file) })
  )
  yield* zipFiles(entries)
}
