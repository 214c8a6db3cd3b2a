import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Disk, nodeDisk, type WritableFile } from '../../src/main/files/disk'
import type { Random } from '../../src/shared/random/random'

/** A file's content at its last sync, and every write since. */
interface FileRecord {
  durable: Uint8Array
  current: Uint8Array
}

/** What a folder's list of names holds: files by their record, folders by their own lists. */
type Entry = FileRecord | FolderRecord
interface FolderRecord {
  /** As at the last sync of the folder. */
  durable: Map<string, Entry>
  current: Map<string, Entry>
  /** Lists of names since then, oldest first: a file system may have written any of them. */
  since: Map<string, Entry>[]
}

const isFolder = (entry: Entry): entry is FolderRecord => 'since' in entry

const newFolder = (): FolderRecord => ({ durable: new Map(), current: new Map(), since: [] })

/**
 * The real disk below `root`, and beside it a model of what would be left of it after a power cut: of a file's content
 * what was synced, or part of what was written since; of a folder's names what was synced, or any later list, each
 * folder by itself, since file systems order neither contents and names nor the names of different folders.
 */
export class SurvivingDisk {
  readonly #root: string
  readonly #tree = newFolder()
  #operationsLeft = Number.POSITIVE_INFINITY

  /** @param root an empty folder */
  constructor(root: string) {
    this.#root = root
  }

  /** After so many more operations the power goes, and all that follow fail. */
  limitTo(operations: number): void {
    this.#operationsLeft = operations
  }

  /** @param syncs whether it does what it is told to make durable; one that doesn't is what a careless writer has */
  disk(syncs = true): Disk {
    return {
      createFile: async (path) => {
        this.#count()
        const file = await nodeDisk.createFile(path)
        const record = { durable: new Uint8Array(), current: new Uint8Array() }
        this.#change(dirname(path), (names) => names.set(nameOf(path), record))
        return this.#watch(file, record, syncs)
      },
      openFile: async () => {
        throw new Error('SurvivingDisk: expected no file to be opened again')
      },
      makeFolder: async (path) => {
        this.#count()
        await nodeDisk.makeFolder(path)
        this.#change(dirname(path), (names) => names.set(nameOf(path), newFolder()))
      },
      rename: async (from, to) => {
        this.#count()
        await nodeDisk.rename(from, to)
        const entry = this.#folder(dirname(from)).current.get(nameOf(from))!
        this.#change(dirname(from), (names) => {
          names.delete(nameOf(from))
          if (dirname(from) === dirname(to)) {
            names.set(nameOf(to), entry)
          }
        })
        if (dirname(from) !== dirname(to)) {
          this.#change(dirname(to), (names) => names.set(nameOf(to), entry))
        }
      },
      remove: async (path) => {
        this.#count()
        await nodeDisk.remove(path)
        this.#change(dirname(path), (names) => names.delete(nameOf(path)))
      },
      syncFolder: async (path) => {
        this.#count()
        if (syncs) {
          const folder = this.#folder(path)
          folder.durable = new Map(folder.current)
          folder.since = []
        }
      },
      freeBytes: nodeDisk.freeBytes
    }
  }

  /** Everything up to now is durable, as after the disk's own cache was written. */
  settle(folder: FolderRecord = this.#tree): void {
    folder.durable = new Map(folder.current)
    folder.since = []
    for (const entry of folder.current.values()) {
      if (isFolder(entry)) {
        this.settle(entry)
      } else {
        entry.durable = entry.current
      }
    }
  }

  /** Writes what a power cut in this moment might leave into an empty folder; another draw, another possibility. */
  async survive(into: string, random: Random): Promise<void> {
    await survivors(this.#tree, into, random)
  }

  #count(): void {
    if (this.#operationsLeft <= 0) {
      throw new Error('power cut')
    }
    this.#operationsLeft--
  }

  #folder(path: string): FolderRecord {
    const names = relative(this.#root, path)
      .split('/')
      .filter((name) => name !== '')
    return names.reduce<FolderRecord>((folder, name) => {
      const entry = folder.current.get(name)
      if (entry === undefined || !isFolder(entry)) {
        throw new Error(`SurvivingDisk: expected the folder ${path}`)
      }
      return entry
    }, this.#tree)
  }

  #change(path: string, change: (names: Map<string, Entry>) => void): void {
    const folder = this.#folder(path)
    folder.current = new Map(folder.current)
    change(folder.current)
    folder.since.push(folder.current)
  }

  #watch(file: WritableFile, record: FileRecord, syncs: boolean): WritableFile {
    return {
      write: async (bytes, position) => {
        this.#count()
        await file.write(bytes, position)
        const next = new Uint8Array(Math.max(record.current.length, position + bytes.length))
        next.set(record.current)
        next.set(bytes, position)
        record.current = next
      },
      truncate: async (length) => {
        this.#count()
        await file.truncate(length)
        record.current = record.current.slice(0, length)
      },
      sync: async () => {
        this.#count()
        record.durable = syncs ? record.current : record.durable
      },
      close: async () => {
        await file.close()
        this.#count()
      }
    }
  }
}

const nameOf = (path: string): string => path.slice(dirname(path).length + 1)

async function survivors(folder: FolderRecord, into: string, random: Random): Promise<void> {
  const lists = [folder.durable, ...folder.since]
  const names = lists[random.integer(lists.length)]!
  for (const [name, entry] of names) {
    const path = join(into, name)
    if (isFolder(entry)) {
      await mkdir(path)
      await survivors(entry, path, random)
    } else {
      await writeFile(path, survivingContent(entry, random))
    }
  }
}

/** What was synced, or, where more was written, as many of its bytes as were on their way, the rest zeros or missing. */
function survivingContent({ durable, current }: FileRecord, random: Random): Uint8Array {
  if (durable === current) {
    return current
  }
  const arrived = random.integer(current.length + 1)
  const content = new Uint8Array(random.integer(2) === 0 ? arrived : current.length)
  content.set(current.subarray(0, arrived))
  content.set(durable.subarray(0, Math.min(durable.length, content.length)))
  return content
}
