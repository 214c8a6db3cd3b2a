import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../shared/parseJson'
import { type Disk, nodeDisk } from '../files/disk'
import { exists } from '../files/exists'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { nodeErrorCode, unlessMissing } from '../files/nodeErrors'
import { replaceFile, writeFile } from '../files/writeFile'
import { noCheckpoint } from './readCheckpoint'

/*
 * Marks are files of their own beside the sealed manifest, in the checkpoint's folder: they go where the checkpoint
 * goes, and a checkpoint that is being removed can't be marked.
 */

/** A file that says by being there that the user wants the checkpoint kept. */
const pinPath = (folder: string): string => join(folder, 'pinned')
const verifiedPath = (folder: string): string => join(folder, 'verified.json')

const verifiedSchema = z.strictObject({
  /** When all bytes were read, ISO 8601 in UTC. */
  at: z.iso.datetime()
})

/** Whether the user wants the checkpoint kept whatever the rule says. */
export const isPinned = (folder: string): Promise<boolean> => exists(pinPath(folder))

/**
 * Pins a checkpoint or lets go of it; durable when it returns.
 *
 * @throws KwiatError `checkpoint-not-found`, `disk-full`, `disk-unwritable`
 */
export async function setPinned(folder: string, pinned: boolean, disk: Disk = nodeDisk): Promise<void> {
  if ((await isPinned(folder)) === pinned) {
    return
  }
  await mark('pinning a checkpoint', folder, disk, async () => {
    await (pinned ? createPin(folder, disk) : disk.remove(pinPath(folder)))
    await disk.syncFolder(folder)
  })
}

async function createPin(folder: string, disk: Disk): Promise<void> {
  try {
    await writeFile(pinPath(folder), [], disk)
  } catch (error) {
    // Pinned by another window in this moment.
    if (nodeErrorCode(error) !== 'EEXIST') {
      throw error
    }
  }
}

/** When every byte of the checkpoint was last read and found whole, ISO 8601 in UTC; null when that was never done. */
export async function verifiedAt(folder: string): Promise<string | null> {
  const text = await unlessMissing(readFile(verifiedPath(folder), 'utf8'), null)
  return text === null ? null : (verifiedSchema.safeParse(parseJson(text)).data?.at ?? null)
}

/**
 * Notes that a checkpoint was verified now, or, with null, that it was found broken.
 *
 * @throws KwiatError `checkpoint-not-found`, `disk-full`, `disk-unwritable`
 */
export async function noteVerified(folder: string, at: Date | null, disk: Disk = nodeDisk): Promise<void> {
  await mark('noting that a checkpoint is whole', folder, disk, () =>
    at === null
      ? disk.remove(verifiedPath(folder))
      : replaceFile(verifiedPath(folder), JSON.stringify({ at: at.toISOString() }), disk)
  )
}

async function mark(task: string, folder: string, disk: Disk, work: () => Promise<void>): Promise<void> {
  if (!(await exists(folder))) {
    throw noCheckpoint(folder)
  }
  const diskTask = { task, folder: dirname(folder), bytes: 4096, safe: 'the checkpoint itself is unchanged' }
  await explainDiskFaults(diskTask, disk, work)
}
