import { dirname } from 'node:path'
import { type Keepable, type RetentionRule, reasonsToKeep } from '../../shared/checkpoints/retention'
import { scoresIn } from '../../shared/checkpoints/scores'
import { type Disk, nodeDisk } from '../files/disk'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { folderBytes } from '../files/folderBytes'
import { unlessMissing } from '../files/nodeErrors'
import { trashPath } from '../files/temporaryNames'
import { isPinned } from './checkpointMarks'
import { type CompleteCheckpoint, type ListedCheckpoint, listCheckpoints } from './listCheckpoints'
import { verifyCheckpoint } from './readCheckpoint'

/** What retention removed. */
export interface Removed {
  /** Newest first. */
  readonly steps: readonly number[]
  readonly freedBytes: number
}

/** What the rule looks at. Scores count only where they were measured at the checkpoint's own step. */
export async function keepableOf(listed: ListedCheckpoint): Promise<Keepable> {
  const metrics = listed.status === 'complete' ? listed.manifest.metrics : null
  return {
    step: listed.step,
    pinned: await isPinned(listed.folder),
    scores: metrics?.step === listed.step ? scoresIn(metrics) : {}
  }
}

/**
 * Removes all checkpoints of a run that the rule doesn't keep. Of the newest ones, only those from the first that
 * verifies, byte by byte, count, and what is newer than that one stays as well; so does the one of step `written`, which
 * was written last; broken ones are neither counted nor removed, since something in them may be saved.
 *
 * @throws KwiatError `disk-unwritable`
 */
export async function applyRetention(
  runFolder: string,
  rule: RetentionRule,
  written: number | null = null,
  disk: Disk = nodeDisk
): Promise<Removed> {
  const listed = await listCheckpoints(runFolder)
  const candidates = await fromNewestWhole(listed.filter((checkpoint) => checkpoint.status === 'complete'))
  const reasons = reasonsToKeep(await Promise.all(candidates.map(keepableOf)), rule)
  const doomed = candidates.filter(({ step }) => reasons.get(step)?.length === 0 && step !== written)
  const task = {
    task: 'removing old checkpoints',
    folder: runFolder,
    bytes: 0,
    safe: 'the newer checkpoints are whole'
  }
  return explainDiskFaults(task, disk, async () => {
    const removed: { step: number; bytes: number }[] = []
    for (const { folder, step } of doomed) {
      const bytes = await folderBytes(folder)
      if (await discardUnlessPinned(folder, disk)) {
        removed.push({ step, bytes })
      }
    }
    return { steps: removed.map(({ step }) => step), freedBytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) }
  })
}

async function fromNewestWhole(newestFirst: readonly CompleteCheckpoint[]): Promise<readonly CompleteCheckpoint[]> {
  for (const [position, { folder }] of newestFirst.entries()) {
    if ((await verifyCheckpoint(folder)).whole) {
      return newestFirst.slice(position)
    }
  }
  return []
}

/**
 * Removes a checkpoint, as `discardFolder` does; false when it is gone already, or when the user pins it in this very
 * moment: a pin is set by the folder's name, so that it is either seen here or fails there.
 */
async function discardUnlessPinned(folder: string, disk: Disk): Promise<boolean> {
  const trash = trashPath(folder)
  const isMoved = await unlessMissing(
    disk.rename(folder, trash).then(() => true),
    false
  )
  if (!isMoved) {
    return false
  }
  if (await isPinned(trash)) {
    await disk.rename(trash, folder)
    return false
  }
  await disk.syncFolder(dirname(folder))
  await disk.remove(trash)
  return true
}
