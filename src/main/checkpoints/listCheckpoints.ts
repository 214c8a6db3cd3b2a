import { join } from 'node:path'
import { KwiatError } from '../../shared/errors'
import { standingNames } from '../files/atomicFolder'
import { checkpointsFolder, stepName, stepOfName } from './checkpointPaths'
import { brokenFile, type Manifest } from './manifest'
import { openCheckpoint } from './readCheckpoint'

/** A checkpoint whose manifest is whole and whose files have the right sizes. */
export interface CompleteCheckpoint {
  readonly status: 'complete'
  readonly folder: string
  readonly step: number
  readonly manifest: Manifest
}

/** A checkpoint that can't be used, and why. */
interface BrokenCheckpoint {
  readonly status: 'broken'
  readonly folder: string
  readonly step: number
  readonly error: KwiatError
}

export type ListedCheckpoint = CompleteCheckpoint | BrokenCheckpoint

/** The checkpoints of a run, newest step first. Only manifests and sizes are looked at; `verifyCheckpoint` reads all. */
export async function listCheckpoints(runFolder: string): Promise<ListedCheckpoint[]> {
  const names = await standingNames(checkpointsFolder(runFolder))
  const steps = names.flatMap((name) => stepOfName(name) ?? []).sort((a, b) => b - a)
  const listed = await Promise.all(steps.map((step) => look(join(checkpointsFolder(runFolder), stepName(step)), step)))
  return listed.filter((checkpoint) => checkpoint !== null)
}

/** Null when it was removed since it was listed. */
async function look(folder: string, step: number): Promise<ListedCheckpoint | null> {
  try {
    const { manifest } = await openCheckpoint(folder)
    if (manifest.step !== step) {
      throw brokenFile(folder, `the checkpoint of step ${manifest.step}`)
    }
    return { status: 'complete', folder, step, manifest }
  } catch (error) {
    if (!(error instanceof KwiatError)) {
      throw error
    }
    return error.code === 'checkpoint-not-found' ? null : { status: 'broken', folder, step, error }
  }
}
