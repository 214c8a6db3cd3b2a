import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'

/** What is known of an archive without opening it. */
export interface ArchiveFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly identity: string
}

export async function archiveFile(path: string): Promise<ArchiveFile> {
  const absolute = resolve(path)
  const { size, mtimeMs } = await stat(absolute)
  const identity = createHash('sha256').update(`${absolute}\0${size}\0${mtimeMs}`).digest('hex')
  return { path: absolute, name: basename(absolute), bytes: size, identity }
}
