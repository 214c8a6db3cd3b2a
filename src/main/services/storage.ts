import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Storage } from '../../shared/contract/app'
import { nodeDisk } from '../files/disk'
import { standingAncestor } from '../files/exists'
import { folderBytes } from '../files/folderBytes'
import { unlessMissing } from '../files/nodeErrors'
import { replaceFile } from '../files/writeFile'
import { storageChoiceSchema, type UserFolders } from './userFolders'

/** Where runs and pictures are kept, what is free there, and what the pictures take. */
export async function readStorage({ storage, pictures }: UserFolders): Promise<Storage> {
  return {
    folder: storage,
    freeBytes: await nodeDisk.freeBytes(await standingAncestor(storage)),
    pictureBytes: await folderBytes(pictures)
  }
}

/**
 * Has new runs and imports go to `folder`; what was made before stays where it is and is still listed. Other processes
 * learn of it from the file.
 *
 * @throws NodeJS.ErrnoException where the folder can't be made
 */
export async function changeStorage(folders: UserFolders, folder: string): Promise<void> {
  const chosen = resolve(folder)
  const earlier = [folders.storage, ...folders.earlierRuns.map((runs) => resolve(runs, '..'))]
  await mkdir(join(chosen, 'runs'), { recursive: true })
  const choice = storageChoiceSchema.parse({
    format: 'kwiat-storage',
    formatVersion: 1,
    folder: chosen,
    earlier: [...new Set(earlier)].filter((one) => one !== chosen)
  })
  await replaceFile(folders.storageFile, `${JSON.stringify(choice, null, 2)}\n`)
}

/** Removes all imported pictures: each is imported again from its source when it is needed. */
export async function clearPictures({ pictures }: UserFolders): Promise<void> {
  for (const name of await unlessMissing(readdir(pictures), [])) {
    await rm(join(pictures, name), { recursive: true, force: true })
  }
}
