import { readdir, readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { KwiatError } from '../../shared/errors'
import { parseJson } from '../../shared/parseJson'
import { discardFolder, removeLeftovers } from '../files/atomicFolder'
import { type Disk, nodeDisk } from '../files/disk'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { nodeErrorCode, unlessMissing } from '../files/nodeErrors'
import { randomToken, unfinishedPath } from '../files/temporaryNames'
import { removeQuietly, writeFile } from '../files/writeFile'
import { checkpointsFolder } from './checkpointPaths'
import { isAlive, processStart } from './processIdentity'
import { samplesFolder } from './runFolder'

const ownerSchema = z.strictObject({
  pid: z.int().min(1),
  /** See `processStart`. */
  started: z.string().nullable(),
  host: z.string(),
  /** When the lock was taken, ISO 8601 in UTC; for people only. */
  since: z.iso.datetime(),
  /** Tells this lock from all others. */
  token: z.string().regex(/^[0-9a-f]{8}$/)
})

type Owner = z.infer<typeof ownerSchema>

/** The right to write into a run's folder. */
export interface RunLock {
  release(): Promise<void>
}

/** What renaming says when another process was faster. */
const lostRaces: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT'])

/** Between the steps of taking a lock others may take or release it; more often than this is a fault. */
const maxAttempts = 20

/**
 * Takes the lock of a run, so that no two trainers write it, and removes what crashed ones left there. The lock is the
 * folder `lock`, renamed into place with the owner's description in it: renaming never replaces a folder that isn't
 * empty, so one of several wins. A lock whose process is gone counts for nothing.
 *
 * @throws KwiatError `run-locked`, `disk-full`, `disk-unwritable`
 */
export async function lockRun(runFolder: string, disk: Disk = nodeDisk): Promise<RunLock> {
  const lock = join(runFolder, 'lock')
  const owner = await describeThisProcess()
  const task = { task: 'locking the run', folder: runFolder, bytes: 4096, safe: 'the run is unchanged' }
  const release = () => releaseLock(lock, owner, disk)
  await explainDiskFaults(task, disk, async () => {
    await takeLock(lock, owner, disk)
    try {
      for (const folder of [runFolder, checkpointsFolder(runFolder), samplesFolder(runFolder)]) {
        await removeLeftovers(folder, disk)
      }
    } catch (error) {
      await release()
      throw error
    }
  })
  return { release }
}

const describeThisProcess = async (): Promise<Owner> => ({
  pid: process.pid,
  started: await processStart(process.pid),
  host: hostname(),
  since: new Date().toISOString(),
  token: randomToken()
})

async function takeLock(lock: string, owner: Owner, disk: Disk): Promise<void> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    await moveStaleLockAway(lock, disk)
    if (await putLock(lock, owner, disk)) {
      return
    }
  }
  throw lockedError(lock, 'several processes that try to train it')
}

/** False when another process was faster. */
async function putLock(lock: string, owner: Owner, disk: Disk): Promise<boolean> {
  const unfinished = unfinishedPath(lock)
  await disk.makeFolder(unfinished)
  try {
    await writeFile(ownerPath(unfinished), [Buffer.from(JSON.stringify(owner))], disk)
    await disk.rename(unfinished, lock)
    return true
  } catch (error) {
    await removeQuietly(unfinished, disk)
    ignoreLostRace(error)
    return false
  }
}

/** Does nothing when the lock was released meanwhile. */
async function moveStaleLockAway(lock: string, disk: Disk): Promise<void> {
  const text = await unlessMissing(readFile(ownerPath(lock), 'utf8'), null)
  if (text === null) {
    return
  }
  const owner = parseOwner(text)
  if (owner === null) {
    throw lockedError(lock, 'a lock that can’t be read')
  }
  if (!(await isGone(owner))) {
    throw lockedError(lock, `process ${owner.pid} on ${owner.host}, which has held it since ${owner.since}`)
  }
  // The name stays taken until a release: a second process that saw the same stale lock, but is slower, fails to rename
  // to it, and so can't take away the lock of the first.
  await disk.rename(lock, stalePath(lock, owner.token)).catch(ignoreLostRace)
}

/** Of a process on another computer nothing can be known, so its lock stands. */
async function isGone({ pid, started, host }: Owner): Promise<boolean> {
  if (host !== hostname()) {
    return false
  }
  if (!isAlive(pid)) {
    return true
  }
  const found = await processStart(pid)
  return started !== null && found !== null && found !== started
}

/**
 * Rethrows what isn't the trace of another process: it put its lock there, moved the stale one away, or removed, as the
 * lock's new owner, what it took for a leftover.
 */
function ignoreLostRace(error: unknown): void {
  const code = nodeErrorCode(error) ?? ''
  if (!lostRaces.has(code) && !(code === 'EPERM' && process.platform === 'win32')) {
    throw error
  }
}

/** Leaves a lock alone that isn't this one any more. */
async function releaseLock(lock: string, { token }: Owner, disk: Disk): Promise<void> {
  const text = await unlessMissing(readFile(ownerPath(lock), 'utf8'), null)
  if (text === null || parseOwner(text)?.token !== token) {
    return
  }
  for (const name of await readdir(dirname(lock))) {
    if (stalePattern.test(name)) {
      await disk.remove(join(dirname(lock), name))
    }
  }
  await discardFolder(lock, disk)
}

const ownerPath = (lock: string): string => join(lock, 'owner.json')

const stalePath = (lock: string, token: string): string => join(dirname(lock), `.lock.${token}.stale`)
const stalePattern = /^\.lock\.[0-9a-f]{8}\.stale$/

const parseOwner = (text: string): Owner | null => ownerSchema.safeParse(parseJson(text)).data ?? null

const lockedError = (lock: string, holder: string): KwiatError =>
  new KwiatError('run-locked', {
    who: dirname(lock),
    expected: 'a run that nothing else is training',
    actual: holder,
    todo: `stop that first; if nothing trains this run, remove the folder ${lock}`
  })
