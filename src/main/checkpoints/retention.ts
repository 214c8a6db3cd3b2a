import { discardFolder } from '../files/atomicFolder'
import { type Disk, nodeDisk } from '../files/disk'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { type CompleteCheckpoint, listCheckpoints } from './listCheckpoints'
import { verifyCheckpoint } from './readCheckpoint'

/**
 * Removes all checkpoints of a run but the newest `keep`. The newest one that verifies, byte by byte, is kept, and
 * so is every one that is newer; broken ones are neither counted nor removed, since something in them may be saved.
 *
 * @returns the removed ones
 * @throws KwiatError `disk-unwritable`
 */
export async function applyRetention(
  runFolder: string,
  keep: number,
  disk: Disk = nodeDisk
): Promise<readonly CompleteCheckpoint[]> {
  const listed = await listCheckpoints(runFolder)
  const complete = listed.filter((checkpoint) => checkpoint.status === 'complete')
  const doomed = superfluous(await fromNewestWhole(complete), keep)
  const task = {
    task: 'removing old checkpoints',
    folder: runFolder,
    bytes: 0,
    safe: 'the newer checkpoints are whole'
  }
  await explainDiskFaults(task, disk, async () => {
    for (const { folder } of doomed) {
      await discardFolder(folder, disk)
    }
  })
  return doomed
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
 * Those that the newest `keep` (at least one) leave over. The one that was written last stays as well: after a step
 * back to an older checkpoint it isn't the one with the highest step.
 */
function superfluous(newestFirst: readonly CompleteCheckpoint[], keep: number): readonly CompleteCheckpoint[] {
  const lastWritten = newestFirst.reduce(
    (last, { manifest }) => (manifest.created > last ? manifest.created : last),
    ''
  )
  return newestFirst.slice(Math.max(1, keep)).filter(({ manifest }) => manifest.created !== lastWritten)
}
