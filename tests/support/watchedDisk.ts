import { type Disk, nodeDisk, type WritableFile } from '../../src/main/files/disk'

/** One change of the disk that is about to be made. */
export interface DiskOperation {
  readonly kind: Exclude<keyof Disk, 'freeBytes'> | keyof WritableFile
  readonly path: string
}

/** The real disk, but `before` is told of each operation; what it throws is what the operation throws. */
export function watchedDisk(before: (operation: DiskOperation) => void): Disk {
  const watchedFile = (path: string, file: WritableFile): WritableFile => ({
    write: async (bytes, position) => {
      before({ kind: 'write', path })
      await file.write(bytes, position)
    },
    truncate: async (length) => {
      before({ kind: 'truncate', path })
      await file.truncate(length)
    },
    sync: async () => {
      before({ kind: 'sync', path })
      await file.sync()
    },
    close: async () => {
      // A handle must not leak from the test, even where the process is supposed to be dead.
      await file.close()
      before({ kind: 'close', path })
    }
  })
  return {
    createFile: async (path) => {
      before({ kind: 'createFile', path })
      return watchedFile(path, await nodeDisk.createFile(path))
    },
    openFile: async (path) => {
      before({ kind: 'openFile', path })
      return watchedFile(path, await nodeDisk.openFile(path))
    },
    makeFolder: async (path) => {
      before({ kind: 'makeFolder', path })
      await nodeDisk.makeFolder(path)
    },
    rename: async (from, to) => {
      before({ kind: 'rename', path: `${from} -> ${to}` })
      await nodeDisk.rename(from, to)
    },
    remove: async (path) => {
      before({ kind: 'remove', path })
      await nodeDisk.remove(path)
    },
    syncFolder: async (path) => {
      before({ kind: 'syncFolder', path })
      await nodeDisk.syncFolder(path)
    },
    freeBytes: nodeDisk.freeBytes
  }
}

/** An error as Node throws it. */
export const nodeError = (code: string): Error => Object.assign(new Error(`${code}: made by a test`), { code })
