import { join } from 'node:path'
import { bestSteps, type RetentionRule, reasonsToKeep } from '../../shared/checkpoints/retention'
import type { ScoreId } from '../../shared/checkpoints/scores'
import type { OutputConfiguration } from '../../shared/config/runConfiguration'
import type { CheckpointCard, TrashEntry } from '../../shared/contract/checkpoints'
import type { Params, Progress, Result } from '../../shared/contract/studio'
import { KwiatError } from '../../shared/errors'
import { noteVerified, setPinned, verifiedAt } from '../checkpoints/checkpointMarks'
import { checkpointsFolder, stepName } from '../checkpoints/checkpointPaths'
import {
  emptyTrash,
  listTrash,
  moveCheckpointsToTrash,
  moveSuccessorsToTrash,
  restoreFromTrash,
  successorsOf
} from '../checkpoints/checkpointTrash'
import { type ListedCheckpoint, listCheckpoints } from '../checkpoints/listCheckpoints'
import { brokenFile } from '../checkpoints/manifest'
import { noCheckpoint } from '../checkpoints/readCheckpoint'
import { keepableOf } from '../checkpoints/retention'
import { metricsPath, type Run } from '../checkpoints/runFolder'
import { lockRun } from '../checkpoints/runLock'
import { nodeDisk } from '../files/disk'
import { folderBytes } from '../files/folderBytes'
import { lastLoggedStep } from '../metrics/metricsFile'
import type { Workshop } from '../workshop/owner'
import { findCheckpointSheet } from './checkpointSheet'
import type { Emit } from './eventHub'

export interface CheckpointsParts {
  /** @throws KwiatError `run-not-found` */
  readonly getRun: (id: string) => Promise<Run>
  /** Changes what a run writes when, in its `run.json`. */
  readonly changeOutput: (id: string, changes: Partial<OutputConfiguration>) => Promise<void>
  readonly emit: Emit
  readonly workshop: Pick<Workshop, 'call'>
  /** Folder in which branches are made. */
  readonly runsFolder: () => string
  /** Shows a folder in the system's file manager; left out where there is none. */
  readonly reveal?: ((folder: string) => void) | undefined
}

interface Ports<Told = never> {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Told) => void
}

const scoreIds: readonly ScoreId[] = ['swd', 'msssim']

/** The checkpoints of the user's runs: what there is, and what is done with them besides training. */
export class Checkpoints {
  readonly #parts: CheckpointsParts

  constructor(parts: CheckpointsParts) {
    this.#parts = parts
  }

  async list(id: string): Promise<Result<'checkpoints/list'>> {
    const run = await this.#parts.getRun(id)
    await emptyTrash(run.folder, new Date()).catch(() => 0)
    const [checkpoints, trash, freeBytes] = await Promise.all([
      this.#cards(run),
      listTrash(run.folder),
      nodeDisk.freeBytes(run.folder)
    ])
    return { checkpoints, trash, origin: run.file.origin ?? null, rule: ruleOf(run), freeBytes }
  }

  /** @throws KwiatError `checkpoint-not-found` */
  async card(id: string, step: number): Promise<CheckpointCard> {
    const run = await this.#parts.getRun(id)
    const card = (await this.#cards(run)).find((candidate) => candidate.step === step)
    if (card === undefined) {
      throw noCheckpoint(folderOf(run, step))
    }
    return card
  }

  async verify(
    { id, step }: Params<'checkpoints/verify'>,
    ports: Ports<Progress<'checkpoints/verify'>>
  ): Promise<CheckpointCard> {
    const folder = folderOf(await this.#parts.getRun(id), step)
    const { problem } = await this.#parts.workshop.call('checkpoints/verify', { checkpoint: folder }, ports)
    // Where the disk can't be written to, the answer stands all the same.
    await noteVerified(folder, problem === null ? new Date() : null).catch(() => undefined)
    this.#changed(id)
    const card = await this.card(id, step)
    return problem === null ? card : { ...card, status: 'broken', problem, verified: null }
  }

  async pin({ id, step, pinned }: Params<'checkpoints/pin'>): Promise<CheckpointCard> {
    await setPinned(folderOf(await this.#parts.getRun(id), step), pinned)
    this.#changed(id)
    return this.card(id, step)
  }

  /** @throws KwiatError `run-locked` for the newest one of a run that trains, `usage` for a pinned one */
  async delete({ id, step }: Params<'checkpoints/delete'>): Promise<TrashEntry> {
    const run = await this.#parts.getRun(id)
    const card = await this.card(id, step)
    if (card.pinned) {
      throw pinnedError(folderOf(run, step))
    }
    if (card.isNewest) {
      // What a crash would go on from.
      await (await lockRun(run.folder)).release()
    }
    const entry = await moveCheckpointsToTrash(run.folder, [step])
    this.#changed(id)
    return entry
  }

  async restore({ id, trash }: Params<'checkpoints/restore'>): Promise<number[]> {
    const { folder } = await this.#parts.getRun(id)
    const steps = await locked(folder, () => restoreFromTrash(folder, trash))
    this.#changed(id)
    return steps
  }

  async emptyTrash(id: string): Promise<number> {
    const { folder } = await this.#parts.getRun(id)
    const freedBytes = await emptyTrash(folder, 'all')
    this.#changed(id)
    return freedBytes
  }

  /** @throws KwiatError `run-locked` while it trains: what trains keeps the rule that it began with */
  async setRule({ id, rule }: Params<'checkpoints/setRule'>): Promise<void> {
    const { folder } = await this.#parts.getRun(id)
    await locked(folder, () => this.#parts.changeOutput(id, rule))
    this.#changed(id)
  }

  async picture({ id, step }: Params<'checkpoints/picture'>, ports: Ports): Promise<Uint8Array> {
    const run = await this.#parts.getRun(id)
    const folder = folderOf(run, step)
    const sheet = await findCheckpointSheet(run.folder, folder)
    return sheet ?? (await this.#parts.workshop.call('checkpoints/sheet', { checkpoint: folder }, ports)).png
  }

  async reveal({ id, step }: Params<'checkpoints/reveal'>): Promise<void> {
    const folder = folderOf(await this.#parts.getRun(id), step)
    if (this.#parts.reveal === undefined) {
      throw new KwiatError('host-unsuited', {
        who: 'file manager',
        expected: 'the desktop app',
        actual: 'a page in a browser',
        todo: `open ${folder} on the computer where Kwiat runs`
      })
    }
    this.#parts.reveal(folder)
  }

  async after({ id, step }: Params<'checkpoints/after'>): Promise<Result<'checkpoints/after'>> {
    const { folder } = await this.#parts.getRun(id)
    const { steps, samples, bytes } = await successorsOf(folder, step)
    const logged = (await lastLoggedStep(metricsPath(folder))) ?? 0
    return { steps: [...steps], samples: samples.length, lastStep: Math.max(step, steps[0] ?? 0, logged), bytes }
  }

  /** Makes a run from a checkpoint of another one; `id` of the result is the new run's. */
  async branch({ id, step, ...plan }: Omit<Params<'runs/branch'>, 'start'>, ports: Ports) {
    const run = await this.#parts.getRun(id)
    const { runsFolder, workshop } = this.#parts
    return workshop.call(
      'checkpoints/branch',
      { ...plan, checkpoint: folderOf(run, step), runsFolder: runsFolder() },
      ports
    )
  }

  /**
   * Moves what comes after a step to the trash, so that the run goes on from there; null when there is nothing.
   *
   * @throws KwiatError `checkpoint-broken`, `checkpoint-not-found`, `run-locked` while it trains
   */
  async setBack(id: string, step: number, { signal }: Pick<Ports, 'signal'>): Promise<TrashEntry | null> {
    const run = await this.#parts.getRun(id)
    const checkpoint = folderOf(run, step)
    const { problem } = await this.#parts.workshop.call('checkpoints/verify', { checkpoint }, { signal })
    if (problem !== null) {
      throw brokenFile(checkpoint, `a broken one (${problem.message})`)
    }
    const entry = await locked(run.folder, () => moveSuccessorsToTrash(run.folder, step))
    this.#changed(id)
    return entry
  }

  async #cards(run: Run): Promise<CheckpointCard[]> {
    const marked = await Promise.all(
      (await listCheckpoints(run.folder)).map(async (listed) => ({ listed, keepable: await keepableOf(listed) }))
    )
    const whole = marked.filter(({ listed }) => listed.status === 'complete').map(({ keepable }) => keepable)
    const reasons = reasonsToKeep(whole, run.file.configuration.output)
    const newest = whole[0]?.step
    const best = scoreIds.map((score) => ({ score, step: bestSteps(whole, score, 1)[0] }))
    return Promise.all(
      marked.map(async ({ listed, keepable: { step, pinned, scores } }) => ({
        ...(await factsOf(listed)),
        step,
        scores: { ...scores },
        pinned,
        isNewest: step === newest,
        bestBy: best.filter((candidate) => candidate.step === step).map(({ score }) => score),
        keptBy: [...(reasons.get(step) ?? [])]
      }))
    )
  }

  #changed(id: string): void {
    this.#parts.emit('checkpoints/changed', { id })
  }
}

function ruleOf({ file }: Run): RetentionRule {
  const { keepCheckpoints, keepBest, keepBestBy, keepInterval } = file.configuration.output
  return { keepCheckpoints, keepBest, keepBestBy, keepInterval }
}

const folderOf = (run: Run, step: number): string => join(checkpointsFolder(run.folder), stepName(step))

const problemOf = ({ code, message }: KwiatError) => ({ code, message })

async function factsOf(listed: ListedCheckpoint) {
  const bytes = await folderBytes(listed.folder)
  if (listed.status === 'broken') {
    const { status, error } = listed
    return { status, problem: problemOf(error), kimg: null, created: null, verified: null, bytes }
  }
  const { status, manifest, folder } = listed
  const { kimg, created } = manifest
  return { status, problem: null, kimg, created, verified: await verifiedAt(folder), bytes }
}

async function locked<Value>(runFolder: string, work: () => Promise<Value>): Promise<Value> {
  const lock = await lockRun(runFolder)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

const pinnedError = (who: string): KwiatError =>
  new KwiatError('usage', {
    who,
    expected: 'a checkpoint that is not pinned',
    actual: 'a pinned one',
    todo: 'unpin it first'
  })
