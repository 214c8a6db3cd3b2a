import { KwiatError } from '../../shared/errors'
import { formatBytes } from '../../shared/formatBytes'
import type { Disk } from './disk'
import { nodeErrorCode } from './nodeErrors'

/** What is being done, for the sentence to show when the disk doesn't take it. */
export interface DiskTask {
  /** As "saving checkpoint step-000500". */
  readonly task: string
  /** An existing folder on the disk that is written to. */
  readonly folder: string
  /** Size of all that is to be written. */
  readonly bytes: number
  /** What the failure leaves untouched, as "the checkpoints saved before are whole". */
  readonly safe: string
}

const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])

const unwritable: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'no permission to write there'],
  ['EPERM', 'a refusal by the system'],
  ['EROFS', 'a read-only disk'],
  ['EIO', 'a fault of the disk'],
  ['ENODEV', 'a disk that is no longer connected'],
  ['ENOENT', 'a folder that is no longer there'],
  ['ENOTDIR', 'a file where a folder should be']
])

/**
 * Runs `work`; what the disk refuses becomes a sentence with what to do, everything else is thrown as it is.
 *
 * @throws KwiatError `disk-full`, `disk-unwritable`
 */
export async function explainDiskFaults<Value>(
  diskTask: DiskTask,
  disk: Disk,
  work: () => Promise<Value>
): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    const code = nodeErrorCode(error) ?? ''
    if (fullDisk.has(code)) {
      throw diskFull(diskTask, await disk.freeBytes(diskTask.folder), error)
    }
    const actual = unwritable.get(code)
    throw actual === undefined ? error : diskUnwritable(diskTask, actual, error)
  }
}

function diskFull({ task, folder, bytes, safe }: DiskTask, freeBytes: number | null, cause: unknown): KwiatError {
  return new KwiatError(
    'disk-full',
    {
      who: `${task} in ${folder}`,
      expected: `${formatBytes(bytes)} of free space`,
      actual: freeBytes === null ? 'a full disk' : `a full disk with ${formatBytes(freeBytes)} free`,
      todo: `free some space and try again (${safe})`
    },
    cause
  )
}

function diskUnwritable({ task, folder, safe }: DiskTask, actual: string, cause: unknown): KwiatError {
  return new KwiatError(
    'disk-unwritable',
    {
      who: `${task} in ${folder}`,
      expected: 'a folder that can be written to',
      actual,
      todo: `allow writing there or choose another folder (${safe})`
    },
    cause
  )
}
