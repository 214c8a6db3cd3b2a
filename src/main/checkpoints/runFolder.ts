import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { KwiatError } from '../../shared/errors'
import { ensureFolder, writeFolder } from '../files/atomicFolder'
import { type Disk, nodeDisk } from '../files/disk'
import { exists } from '../files/exists'
import { type DiskTask, explainDiskFaults } from '../files/explainDiskFaults'
import { unlessMissing } from '../files/nodeErrors'
import { randomToken } from '../files/temporaryNames'
import { replaceFile } from '../files/writeFile'
import { runOfCheckpoint, stepName, stepOfName } from './checkpointPaths'
import { createRunFile, encodeRunFile, type RunFacts, type RunFile, readRunFile } from './runFile'

const runFileName = 'run.json'

/** A run on disk. */
export interface Run {
  /** Absolute path. */
  readonly folder: string
  readonly file: RunFile
}

export const metricsPath = (runFolder: string): string => join(runFolder, 'metrics.jsonl')
export const samplesFolder = (runFolder: string): string => join(runFolder, 'samples')
export const samplePath = (runFolder: string, step: number): string =>
  join(samplesFolder(runFolder), `${stepName(step)}.png`)

/** Steps of the sample grids of a run, in order. */
export async function sampleSteps(runFolder: string): Promise<number[]> {
  const names = await unlessMissing(readdir(samplesFolder(runFolder)), [])
  return names
    .filter((name) => name.endsWith('.png'))
    .flatMap((name) => stepOfName(name.slice(0, -'.png'.length)) ?? [])
    .sort((a, b) => a - b)
}

/**
 * Makes `<runsFolder>/<name>-<id>` with its `run.json` and what `fill` puts there; all of it or nothing.
 *
 * @throws KwiatError `run-exists`, `disk-full`, `disk-unwritable`
 */
export async function createRun(
  runsFolder: string,
  { id, ...facts }: RunFacts & { readonly id?: string | undefined },
  disk: Disk = nodeDisk,
  fill: (unfinished: string) => Promise<void> = async () => undefined
): Promise<Run> {
  const file = createRunFile(id ?? drawRunId(), facts)
  const folder = join(resolve(runsFolder), `${fileNameOf(facts.name)}-${file.id}`)
  if (await exists(folder)) {
    throw new KwiatError('run-exists', {
      who: folder,
      expected: 'a folder that isn’t there yet',
      actual: 'one that is',
      todo: 'try again, or give the run another name'
    })
  }
  const content = encodeRunFile(file)
  await explainDiskFaults(runTask('making a run', runsFolder, content), disk, async () => {
    await ensureFolder(resolve(runsFolder), disk)
    await writeFolder(
      folder,
      async (add, unfinished) => {
        await fill(unfinished)
        await add(runFileName, [content])
      },
      disk
    )
  })
  return { folder, file }
}

/** Six random hexadecimal digits. The chance of a taken one is so small that another try would never be seen to work. */
export const drawRunId = (): string => randomToken().slice(0, 6)

/** A name that every file system takes: letters and digits of ASCII, `.`, `_` and `-`, 40 characters at most. */
const fileNameOf = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 40)
    .replace(/^[-.]+|[-.]+$/g, '') || 'run'

/** A run and, when the path led to one of its checkpoints, that checkpoint's folder. */
export interface OpenedRun extends Run {
  readonly checkpoint: string | null
}

/**
 * Opens a run by the path of its folder or of a checkpoint in it. Whether the checkpoint is there isn't looked at.
 *
 * @throws KwiatError `run-not-found`, `run-broken`, `run-newer`
 */
export async function openRun(path: string): Promise<OpenedRun> {
  const absolute = resolve(path)
  const file = await readRunFile(join(absolute, runFileName))
  if (file !== null) {
    return { folder: absolute, file, checkpoint: null }
  }
  const folder = runOfCheckpoint(absolute)
  const runFile = folder === null ? null : await readRunFile(join(folder, runFileName))
  if (folder === null || runFile === null) {
    throw new KwiatError('run-not-found', {
      who: absolute,
      expected: `a run’s folder, with a ${runFileName}, or a checkpoint in one, as checkpoints/${stepName(500)}`,
      actual: (await exists(absolute)) ? `something without ${runFileName}` : 'nothing',
      todo: 'give the folder that training named when it began'
    })
  }
  return { folder, file: runFile, checkpoint: absolute }
}

/**
 * Makes sure that the run still stands in its folder: one that was moved away must not be begun anew at its old place.
 *
 * @throws KwiatError `run-not-found`
 */
export async function checkInPlace(runFolder: string): Promise<void> {
  if (!(await exists(join(runFolder, runFileName)))) {
    throw new KwiatError('run-not-found', {
      who: runFolder,
      expected: 'the run in training',
      actual: 'nothing any more: it was moved or removed',
      todo: 'open it at its new place and go on from its newest checkpoint'
    })
  }
}

/**
 * Puts a new `run.json` in the place of the old one, as when a run is to go on for more steps than planned.
 *
 * @throws KwiatError `disk-full`, `disk-unwritable`
 */
export async function replaceRunFile(runFolder: string, file: RunFile, disk: Disk = nodeDisk): Promise<void> {
  const content = encodeRunFile(file)
  await explainDiskFaults(runTask('saving the run’s settings', runFolder, content), disk, () =>
    replaceFile(join(runFolder, runFileName), content, disk)
  )
}

/**
 * Saves the sample grid of a step, whole or not at all, and returns its path.
 *
 * @throws KwiatError `disk-full`, `disk-unwritable`
 */
export async function writeSample(
  runFolder: string,
  step: number,
  png: Uint8Array,
  disk: Disk = nodeDisk
): Promise<string> {
  const path = samplePath(runFolder, step)
  await explainDiskFaults(runTask(`saving the samples of step ${step}`, runFolder, png), disk, async () => {
    await ensureFolder(samplesFolder(runFolder), disk)
    await replaceFile(path, png, disk)
  })
  return path
}

const runTask = (task: string, folder: string, content: Uint8Array): DiskTask => ({
  task,
  folder,
  bytes: content.byteLength,
  safe: 'all that was saved before is whole'
})
