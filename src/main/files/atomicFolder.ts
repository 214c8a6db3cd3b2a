import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Disk, nodeDisk } from './disk'
import { exists } from './exists'
import { nodeErrorCode, unlessMissing } from './nodeErrors'
import { isTemporaryName, nameBeforeReplacing, replacedPath, trashPath, unfinishedPath } from './temporaryNames'
import { type FileDigest, type FileParts, removeQuietly, writeFile } from './writeFile'

/** Adds a file to a folder that is being written. */
export type AddFile = (name: string, parts: FileParts) => Promise<FileDigest>

/**
 * Writes a whole folder, in the place of the one that may be there. It is written under a temporary name, every file
 * and the folder are synced, and only then is it renamed: whatever happens, a reader that looks with `standingFolder`
 * finds the old folder or the new one, each of them whole. When `write` fails, what it wrote is removed. What `write`
 * puts into the unfinished folder by other ways than `add`, it syncs itself.
 *
 * @returns what `write` returned
 */
export async function writeFolder<Result>(
  target: string,
  write: (add: AddFile, unfinished: string) => Promise<Result>,
  disk: Disk = nodeDisk
): Promise<Result> {
  const unfinished = unfinishedPath(target)
  try {
    await disk.makeFolder(unfinished)
    const result = await write((name, parts) => writeFile(join(unfinished, name), parts, disk), unfinished)
    await disk.syncFolder(unfinished)
    await moveIntoPlace(unfinished, target, disk)
    return result
  } catch (error) {
    await removeQuietly(unfinished, disk)
    throw error
  }
}

async function moveIntoPlace(unfinished: string, target: string, disk: Disk): Promise<void> {
  const isReplacing = await exists(target)
  if (isReplacing) {
    await moveAside(target, disk)
  }
  try {
    await disk.rename(unfinished, target)
  } catch (error) {
    if (isReplacing) {
      await disk.rename(replacedPath(target), target)
    }
    throw error
  }
  await disk.syncFolder(dirname(target))
  if (isReplacing) {
    // The new folder stands; an old one that can't be removed now is removed with the other leftovers.
    await discardFolder(replacedPath(target), disk).catch(() => undefined)
  }
}

/** No system call swaps two folders everywhere, so the old one waits under a name that `standingFolder` knows. */
async function moveAside(target: string, disk: Disk): Promise<void> {
  await disk.remove(replacedPath(target))
  await disk.rename(target, replacedPath(target))
  await disk.syncFolder(dirname(target))
}

/** Where the folder of this name stands: at `target`, or aside while it is being replaced; null when it is nowhere. */
export async function standingFolder(target: string): Promise<string | null> {
  // Looked for in the order in which a replacement moves it, so that it can't slip by.
  for (const place of [target, replacedPath(target), target]) {
    if (await exists(place)) {
      return place
    }
  }
  return null
}

/** Removes a folder so that a crash in the middle leaves nothing that looks like a whole one. */
export async function discardFolder(folder: string, disk: Disk = nodeDisk): Promise<void> {
  const trash = trashPath(folder)
  await disk.rename(folder, trash)
  await disk.syncFolder(dirname(folder))
  await disk.remove(trash)
}

/** Makes a folder and those above it, durably, unless they are there. */
export async function ensureFolder(folder: string, disk: Disk = nodeDisk): Promise<void> {
  if (await exists(folder)) {
    return
  }
  await ensureFolder(dirname(folder), disk)
  await disk.makeFolder(folder).catch((error: unknown) => {
    // Another process was faster.
    if (nodeErrorCode(error) !== 'EEXIST') {
      throw error
    }
  })
  await disk.syncFolder(dirname(folder))
}

/**
 * Removes what crashed writes and removals left in a folder, and puts back what a crashed replacement had set aside.
 * Only for the one process that may write there: it would destroy the work of another.
 */
export async function removeLeftovers(parent: string, disk: Disk = nodeDisk): Promise<void> {
  for (const name of await unlessMissing(readdir(parent), [])) {
    const path = join(parent, name)
    const original = nameBeforeReplacing(name)
    if (isTemporaryName(name)) {
      await disk.remove(path)
    } else if (original !== null) {
      await settleReplacement(path, join(parent, original), disk)
    }
  }
}

async function settleReplacement(aside: string, target: string, disk: Disk): Promise<void> {
  if (await exists(target)) {
    await discardFolder(aside, disk)
  } else {
    await disk.rename(aside, target)
    await disk.syncFolder(dirname(target))
  }
}

/** The names that stand in a folder, including those that are just being replaced; none when there is no such folder. */
export async function standingNames(parent: string): Promise<string[]> {
  const names = await unlessMissing(readdir(parent), [])
  return [...new Set(names.filter((name) => !isTemporaryName(name)).map((name) => nameBeforeReplacing(name) ?? name))]
}
