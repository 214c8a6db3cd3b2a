import { KwiatError } from '../../shared/errors'
import { formatBytes } from '../../shared/formatBytes'
import type { HostTensor } from '../../shared/tensor'
import { nodeDisk } from '../files/disk'
import { standingAncestor } from '../files/exists'

/**
 * Makes sure that the disk of a folder, which may not be there yet, takes at least one checkpoint of this state: better
 * before hours are spent on what can't be saved.
 *
 * @throws KwiatError `disk-full`
 */
export async function checkRoom(folder: string, state: ReadonlyMap<string, HostTensor>): Promise<void> {
  const bytes = [...state.values()].reduce((sum, { data }) => sum + data.byteLength, 0)
  const freeBytes = await nodeDisk.freeBytes(await standingAncestor(folder))
  // Some network disks report 0 for "unknown"; on one that is really full, making the run's folder fails.
  if (freeBytes !== null && freeBytes > 0 && freeBytes < bytes) {
    throw new KwiatError('disk-full', {
      who: folder,
      expected: `${formatBytes(bytes)} of free space for a checkpoint`,
      actual: `a disk with ${formatBytes(freeBytes)} free`,
      todo: 'free some space or choose a folder on another disk'
    })
  }
}
