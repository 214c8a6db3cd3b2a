import { readFile, stat } from 'node:fs/promises'
import { unlessMissing } from './nodeErrors'

/** A file's bytes, or what is wrong with it, as a noun phrase. */
export type BoundedFile = { readonly bytes: Uint8Array } | { readonly problem: string }

/** Reads a file that the user named, unless there is none, it is something else, or it is larger than anything expected. */
export async function readBounded(path: string, maxBytes: number): Promise<BoundedFile> {
  const found = await unlessMissing(stat(path), null)
  if (found === null) {
    return { problem: 'nothing' }
  }
  if (!found.isFile()) {
    return { problem: found.isDirectory() ? 'a folder' : 'something else' }
  }
  return found.size > maxBytes ? { problem: `a file of ${found.size} bytes` } : { bytes: await readFile(path) }
}
