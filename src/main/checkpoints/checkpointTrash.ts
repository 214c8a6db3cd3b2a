import { copyFile, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TrashEntry } from '../../shared/contract/checkpoints'
import { KwiatError } from '../../shared/errors'
import { ensureFolder } from '../files/atomicFolder'
import { type Disk, nodeDisk } from '../files/disk'
import { exists } from '../files/exists'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { folderBytes } from '../files/folderBytes'
import { unlessMissing } from '../files/nodeErrors'
import { randomToken } from '../files/temporaryNames'
import { checkpointsFolder, stepName, stepOfName } from './checkpointPaths'
import { metricsPath, samplePath, sampleSteps, samplesFolder } from './runFolder'

/*
 * `<run>/.trash/<time>-<token>/` holds what was deleted together, under the names that it had in the run: `checkpoints`,
 * `samples`, and `metrics.jsonl` as it was. Renaming within one file system loses nothing and takes no room.
 */
const trashFolder = (runFolder: string): string => join(runFolder, '.trash')

const entryPattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{8}$/
const keptMs = 30 * 24 * 3600 * 1000

const newEntryName = (now: Date): string => `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomToken()}`

function timeOfEntry(name: string): Date | null {
  const [, ...parts] = entryPattern.exec(name) ?? []
  const [year, month, day, hour, minute, second] = parts
  return year === undefined ? null : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** What comes after a step of a run. */
export interface Successors {
  /** Steps of checkpoints, broken ones too, newest first. */
  readonly steps: readonly number[]
  /** Steps of sample grids. */
  readonly samples: readonly number[]
  readonly bytes: number
}

export async function successorsOf(runFolder: string, step: number): Promise<Successors> {
  const steps = (await stepsIn(checkpointsFolder(runFolder))).filter((other) => other > step)
  const samples = (await sampleSteps(runFolder)).filter((other) => other > step)
  const sizes = await Promise.all(
    steps.map((other) => folderBytes(join(checkpointsFolder(runFolder), stepName(other))))
  )
  return { steps, samples, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) }
}

const stepsIn = async (folder: string): Promise<number[]> =>
  (await unlessMissing(readdir(folder), [])).flatMap((name) => stepOfName(name) ?? []).sort((a, b) => b - a)

/**
 * Moves checkpoints of a run to its trash; one that is gone already is left out.
 *
 * @throws KwiatError `disk-full`, `disk-unwritable`
 */
export function moveCheckpointsToTrash(
  runFolder: string,
  steps: readonly number[],
  disk: Disk = nodeDisk
): Promise<TrashEntry> {
  return fillEntry(runFolder, disk, (entry) => moveCheckpoints(runFolder, steps, entry, disk))
}

/**
 * Moves to the trash what comes after a step: later checkpoints and sample grids, and a copy of the metrics, which
 * going on from the step will cut. Null when nothing comes after it. Only for the holder of the run's lock.
 *
 * @throws KwiatError `disk-full`, `disk-unwritable`
 */
export async function moveSuccessorsToTrash(
  runFolder: string,
  step: number,
  disk: Disk = nodeDisk
): Promise<TrashEntry | null> {
  const { steps, samples } = await successorsOf(runFolder, step)
  if (steps.length === 0 && samples.length === 0) {
    return null
  }
  return fillEntry(runFolder, disk, async (entry) => {
    // Copied before anything moves, so that an entry with checkpoints never lacks it.
    await unlessMissing(copyFile(metricsPath(runFolder), metricsPath(entry)), undefined)
    for (const sample of samples) {
      await ensureFolder(samplesFolder(entry), disk)
      await disk.rename(samplePath(runFolder, sample), samplePath(entry, sample))
    }
    // The newest first: whatever interrupts this, the run goes on from the newest that is left.
    await moveCheckpoints(runFolder, steps, entry, disk)
  })
}

async function moveCheckpoints(runFolder: string, steps: readonly number[], entry: string, disk: Disk): Promise<void> {
  await ensureFolder(checkpointsFolder(entry), disk)
  for (const step of steps) {
    const name = stepName(step)
    await unlessMissing(
      disk.rename(join(checkpointsFolder(runFolder), name), join(checkpointsFolder(entry), name)),
      undefined
    )
  }
  await disk.syncFolder(checkpointsFolder(entry))
  await disk.syncFolder(checkpointsFolder(runFolder))
}

async function fillEntry(runFolder: string, disk: Disk, fill: (entry: string) => Promise<void>): Promise<TrashEntry> {
  const name = newEntryName(new Date())
  const entry = join(trashFolder(runFolder), name)
  await explainDiskFaults(trashTask(runFolder), disk, async () => {
    await ensureFolder(entry, disk)
    await fill(entry)
  })
  return describeEntry(runFolder, name)
}

const trashTask = (folder: string) => ({
  task: 'moving to the trash',
  folder,
  bytes: 4096,
  safe: 'nothing was removed'
})

async function describeEntry(runFolder: string, name: string): Promise<TrashEntry> {
  const entry = join(trashFolder(runFolder), name)
  return {
    name,
    deleted: (timeOfEntry(name) ?? new Date(0)).toISOString(),
    steps: await stepsIn(checkpointsFolder(entry)),
    bytes: await folderBytes(entry)
  }
}

const entryNames = async (runFolder: string): Promise<string[]> =>
  (await unlessMissing(readdir(trashFolder(runFolder)), [])).filter((name) => entryPattern.test(name))

/** What is in a run's trash, newest first. */
export async function listTrash(runFolder: string): Promise<TrashEntry[]> {
  const names = (await entryNames(runFolder)).sort().reverse()
  return Promise.all(names.map((name) => describeEntry(runFolder, name)))
}

/**
 * Takes back what was deleted together, and returns the steps of its checkpoints. Only for the holder of the run's lock.
 *
 * @throws KwiatError `checkpoint-not-found` when it is no longer there, `run-mismatch` when something else stands in
 * its place by now, `disk-unwritable`
 */
export async function restoreFromTrash(runFolder: string, name: string, disk: Disk = nodeDisk): Promise<number[]> {
  const entry = join(trashFolder(runFolder), name)
  if (!entryPattern.test(name) || !(await exists(entry))) {
    throw notInTrash(runFolder, name)
  }
  const steps = await stepsIn(checkpointsFolder(entry))
  await checkPlaces(runFolder, entry, steps)
  await explainDiskFaults(trashTask(runFolder), disk, async () => {
    for (const sample of await sampleSteps(entry)) {
      await ensureFolder(samplesFolder(runFolder), disk)
      await disk.rename(samplePath(entry, sample), samplePath(runFolder, sample))
    }
    if (await exists(metricsPath(entry))) {
      await disk.rename(metricsPath(entry), metricsPath(runFolder))
    }
    await ensureFolder(checkpointsFolder(runFolder), disk)
    for (const step of [...steps].reverse()) {
      const checkpoint = stepName(step)
      await disk.rename(join(checkpointsFolder(entry), checkpoint), join(checkpointsFolder(runFolder), checkpoint))
    }
    await disk.syncFolder(checkpointsFolder(runFolder))
    await disk.remove(entry)
  })
  return steps
}

/** Nothing that the run made since may be overwritten. */
async function checkPlaces(runFolder: string, entry: string, steps: readonly number[]): Promise<void> {
  for (const step of steps) {
    const path = join(checkpointsFolder(runFolder), stepName(step))
    if (await exists(path)) {
      throw placeTaken(path, 'a newer checkpoint of the same step')
    }
  }
  const before = await unlessMissing(readFile(metricsPath(entry)), null)
  const now = await unlessMissing(readFile(metricsPath(runFolder)), Buffer.alloc(0))
  if (before !== null && !before.subarray(0, now.byteLength).equals(now)) {
    throw placeTaken(runFolder, 'a run that has gone on since')
  }
}

const placeTaken = (who: string, actual: string): KwiatError =>
  new KwiatError('run-mismatch', {
    who,
    expected: 'a run as it was after the deletion',
    actual,
    todo: 'leave it in the trash, or move it out of the run’s folder .trash by hand'
  })

const notInTrash = (runFolder: string, name: string): KwiatError =>
  new KwiatError('checkpoint-not-found', {
    who: `${name} in the trash of ${runFolder}`,
    expected: 'what was deleted',
    actual: 'nothing',
    todo: 'look into the run’s folder .trash'
  })

/**
 * Removes what has been in the trash for a month at `now`, or all of it, for good; returns how many bytes that freed.
 *
 * @throws KwiatError `disk-unwritable`
 */
export async function emptyTrash(runFolder: string, now: Date | 'all', disk: Disk = nodeDisk): Promise<number> {
  let freedBytes = 0
  for (const name of await entryNames(runFolder)) {
    const age = now === 'all' ? Number.POSITIVE_INFINITY : now.getTime() - (timeOfEntry(name)?.getTime() ?? 0)
    if (age > keptMs) {
      const entry = join(trashFolder(runFolder), name)
      freedBytes += await folderBytes(entry)
      await explainDiskFaults(trashTask(dirname(entry)), disk, () => disk.remove(entry))
    }
  }
  return freedBytes
}
