import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unlessMissing } from './nodeErrors'

/** Size of all files below a folder in bytes; what is removed meanwhile counts for nothing. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await unlessMissing(readdir(folder, { withFileTypes: true }), [])
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? folderBytes(path) : ((await unlessMissing(lstat(path), null))?.size ?? 0)
    })
  )
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}
