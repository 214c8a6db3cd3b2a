import { cp, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { OutputConfiguration } from '../../shared/config/runConfiguration'
import { describeError, KwiatError } from '../../shared/errors'
import { listCheckpoints } from '../checkpoints/listCheckpoints'
import type { RunFile } from '../checkpoints/runFile'
import { openRun, type Run, replaceRunFile, samplePath, sampleSteps } from '../checkpoints/runFolder'
import { lockRun } from '../checkpoints/runLock'
import { exists } from '../files/exists'
import { nodeErrorCode, unlessMissing } from '../files/nodeErrors'
import { runNotFound } from './runNotFound'

const trashName = '.trash'
const keptInTrashMs = 30 * 24 * 3600 * 1000

/** What a run's folder tells besides its `run.json`. */
export interface RunProgress {
  readonly newestCheckpoint: number | null
  readonly newestSample: number | null
  readonly updated: Date
}

/** Where runs lie. */
export interface RunPlaces {
  /** Where new ones are made. */
  readonly folder: string
  /** Where they were made before the user changed it. */
  readonly earlier: readonly string[]
  /** Single runs that lie elsewhere. */
  readonly linked: readonly string[]
}

/** The run folders of the user. */
export class RunLibrary {
  readonly #places: () => RunPlaces
  readonly #onBroken: (text: string) => void
  #runs: ReadonlyMap<string, Run> = new Map()

  /** @param places asked for at each use, since the user may change them */
  constructor(places: () => RunPlaces, onBroken: (text: string) => void) {
    this.#places = places
    this.#onBroken = onBroken
  }

  /** All runs, by their id. A folder that can't be read as a run is passed over and told of. */
  async list(): Promise<ReadonlyMap<string, Run>> {
    const { folder, earlier, linked } = this.#places()
    const groups = await Promise.all([
      Promise.all(linked.map((run) => this.#open(run))),
      ...earlier.map((one) => this.#runsIn(one)),
      this.#runsIn(folder)
    ])
    // Of copies of a run the one in the present folder counts.
    this.#runs = new Map(groups.flat().flatMap((run) => (run === null ? [] : [[run.file.id, run] as const])))
    return this.#runs
  }

  /** Null when there is none with this id. */
  async find(id: string): Promise<Run | null> {
    const known = this.#runs.get(id)
    const isCurrent = known !== undefined && (await exists(known.folder))
    return (isCurrent ? known : (await this.list()).get(id)) ?? null
  }

  /** @throws KwiatError `run-not-found` */
  async get(id: string): Promise<Run> {
    const run = await this.find(id)
    if (run === null) {
      throw runNotFound(id)
    }
    return run
  }

  /** Whether a run learns from this path. */
  async usesData(path: string): Promise<boolean> {
    return [...(await this.list()).values()].some(({ file }) => file.data.source === path)
  }

  rename(id: string, name: string): Promise<void> {
    return this.#change(id, (file) => ({ ...file, name }))
  }

  /** Changes what a run writes when; nothing that decides its numbers. */
  changeOutput(id: string, changes: Partial<OutputConfiguration>): Promise<void> {
    return this.#change(id, (file) => {
      const { configuration } = file
      return { ...file, configuration: { ...configuration, output: { ...configuration.output, ...changes } } }
    })
  }

  async #change(id: string, change: (file: RunFile) => RunFile): Promise<void> {
    const { folder } = await this.get(id)
    // The trainer may have written it since it was listed.
    const { file } = await openRun(folder)
    await replaceRunFile(folder, change(file))
    await this.list()
  }

  /** @throws KwiatError `run-locked` while something trains it */
  async moveToTrash(id: string): Promise<void> {
    const { folder } = await this.get(id)
    await (await lockRun(folder)).release()
    const trash = join(this.#places().folder, trashName)
    await mkdir(trash, { recursive: true })
    await moveFolder(folder, join(trash, basename(folder)))
    const now = new Date()
    await utimes(join(trash, basename(folder)), now, now)
    await this.list()
  }

  /** Takes a run back from the trash; does nothing when it is not there. */
  async restore(id: string): Promise<void> {
    const { folder, earlier } = this.#places()
    const trashed = await Promise.all([folder, ...earlier].map((place) => this.#runsIn(join(place, trashName))))
    const run = trashed.flat().find(({ file }) => file.id === id)
    if (run !== undefined) {
      await moveFolder(run.folder, join(folder, basename(run.folder)))
      await this.list()
    }
  }

  /** Removes what has been in the trash for a month. */
  async emptyTrash(now: Date): Promise<void> {
    const trash = join(this.#places().folder, trashName)
    for (const name of await unlessMissing(readdir(trash), [])) {
      const { mtimeMs } = await stat(join(trash, name))
      if (now.getTime() - mtimeMs > keptInTrashMs) {
        await rm(join(trash, name), { recursive: true })
      }
    }
  }

  async #runsIn(folder: string): Promise<readonly Run[]> {
    const names = await unlessMissing(readdir(folder), [])
    const runs = await Promise.all(
      names.filter((name) => !name.startsWith('.')).map((name) => this.#open(join(folder, name)))
    )
    return runs.filter((run) => run !== null)
  }

  async #open(folder: string): Promise<Run | null> {
    try {
      return (await exists(join(folder, 'run.json'))) ? await openRun(folder) : null
    } catch (error) {
      this.#onBroken(describeError(error))
      return null
    }
  }
}

/** As `rename`, and also from one disk to another. */
async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (nodeErrorCode(error) !== 'EXDEV') {
      throw error
    }
    await cp(from, to, { recursive: true, errorOnExist: true, force: false })
    await rm(from, { recursive: true })
  }
}

/** @throws KwiatError `run-not-found` when there is no grid of this step */
export async function readSample(runFolder: string, step: number): Promise<Uint8Array> {
  const png = await unlessMissing(readFile(samplePath(runFolder, step)), null)
  if (png === null) {
    throw new KwiatError('run-not-found', {
      who: runFolder,
      expected: `a sample grid of step ${step}`,
      actual: 'none',
      todo: 'choose another step'
    })
  }
  return png
}

export async function progressOf(runFolder: string): Promise<RunProgress> {
  const [samples, checkpoints, { mtime }] = await Promise.all([
    sampleSteps(runFolder),
    listCheckpoints(runFolder),
    stat(runFolder)
  ])
  const newest = checkpoints.find(({ status }) => status === 'complete')
  const saved = newest?.status === 'complete' ? new Date(newest.manifest.created) : mtime
  return {
    newestCheckpoint: newest?.step ?? null,
    newestSample: samples.at(-1) ?? null,
    updated: saved > mtime ? saved : mtime
  }
}
