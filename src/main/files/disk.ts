import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, statfs } from 'node:fs/promises'

/** A file that is being written. */
export interface WritableFile {
  /** Writes all of `bytes` at `position`, counted in bytes from the start of the file. */
  write(bytes: Uint8Array, position: number): Promise<void>
  truncate(length: number): Promise<void>
  /** Returns when everything written so far is on the disk itself. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * Everything that changes a disk passes here, so that a test can make any single operation fail. Errors are Node's own,
 * with their `code`; `explainDiskFaults` turns them into sentences.
 */
export interface Disk {
  /** Fails with EEXIST when there is something at `path`. */
  createFile(path: string): Promise<WritableFile>
  /** Opens a file without changing it; an empty one when there is none. */
  openFile(path: string): Promise<WritableFile>
  /** Makes one folder in an existing one; fails with EEXIST when there is something at `path`. */
  makeFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Removes a file or a folder with all that is in it; nothing there is fine. */
  remove(path: string): Promise<void>
  /** Returns when the folder's list of names is on the disk itself. */
  syncFolder(path: string): Promise<void>
  /** Bytes that this user may still write below `path`, or null where the system doesn't say. */
  freeBytes(path: string): Promise<number | null>
}

/** The real disk. */
export const nodeDisk: Disk = {
  createFile: async (path) => writableFile(await open(path, 'wx')),
  openFile: async (path) => writableFile(await open(path, constants.O_RDWR | constants.O_CREAT)),
  makeFolder: async (path) => {
    await mkdir(path)
  },
  rename,
  // Virus scanners on Windows hold new files open for a moment.
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  syncFolder,
  freeBytes
}

function writableFile(handle: FileHandle): WritableFile {
  return {
    write: (bytes, position) => writeAll(handle, bytes, position),
    truncate: (length) => handle.truncate(length),
    sync: () => handle.sync(),
    close: () => handle.close()
  }
}

/** One call of `write` may store less than it was given, as when the disk becomes full in its middle. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done)
    done += bytesWritten
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows can't open a folder; NTFS journals its names without being asked.
  if (process.platform === 'win32') {
    return
  }
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch {
    return null
  }
}
