import type { RetentionRule } from '../../shared/checkpoints/retention'
import { applyRetention, type Removed } from './retention'
import { type CheckpointContents, writeCheckpoint } from './writeCheckpoint'

/** A checkpoint that is to be saved, and what to keep of the others then. */
export interface SaveRequest {
  readonly runFolder: string
  /** Belongs to the saver from now on. */
  readonly contents: CheckpointContents
  readonly rule: RetentionRule
}

export interface Saved {
  /** Folder of the new checkpoint. */
  readonly path: string
  readonly removed: Removed
}

/** Who writes checkpoints. */
export interface CheckpointSaver {
  /** Whether the caller's thread is free while a checkpoint is written. */
  readonly isBackground: boolean
  /** @throws KwiatError `disk-full`, `disk-unwritable` */
  save(request: SaveRequest): Promise<Saved>
  close(): Promise<void>
}

/** Saves in the caller's own thread. */
export const saverHere: CheckpointSaver = {
  isBackground: false,
  save: saveCheckpoint,
  close: async () => undefined
}

/**
 * Writes a checkpoint, then removes those that are too many.
 *
 * @throws KwiatError `disk-full`, `disk-unwritable`
 */
export async function saveCheckpoint({ runFolder, contents, rule }: SaveRequest): Promise<Saved> {
  const path = await writeCheckpoint(runFolder, contents)
  return { path, removed: await applyRetention(runFolder, rule, contents.step) }
}
