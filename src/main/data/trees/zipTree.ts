import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import { checkCancelled } from '../checkCancelled'
import { maxUnpackedBytes } from '../limits'
import { type ArchiveFile, archiveFile } from './archiveFile'
import { crc32 } from './crc32'
import { asCorrupt, checkFileCount, corruptFile, isInClutter, safeEntryPath, unsafeArchive } from './entryPaths'
import { byPath, type FileTree, type ListedFile } from './fileTree'

interface ZipEntry extends ListedFile {
  readonly entry: Entry
}

/** The upper half of a zip entry's external attributes is its Unix mode; these bits of it are the file's type. */
const typeMask = 0o170000
const linkType = 0o120000

/**
 * A zip archive, listed by its central directory and never unpacked to the disk.
 *
 * @throws KwiatError `data-corrupt` when it is cut off or no zip
 * @throws KwiatError `data-unsafe` for paths that leave it, links, and sizes far beyond its own
 */
export async function openZipTree(path: string): Promise<FileTree> {
  const archive = await archiveFile(path)
  const zip = await openZip(archive)
  try {
    const entries = await listEntries(zip, archive)
    return {
      name: archive.name,
      identity: archive.identity,
      files: entries,
      refused: [],
      read: (...args) => readEntries(archive, entries, ...args)
    }
  } finally {
    zip.close()
  }
}

async function openZip(archive: ArchiveFile): Promise<ZipFile> {
  try {
    // Names are decoded and checked here, so that an unsafe one can be told from a broken archive.
    return await openPromise(archive.path, { autoClose: false, decodeStrings: false })
  } catch (error) {
    throw asCorrupt(archive.name, 'a whole zip archive', error)
  }
}

async function listEntries(zip: ZipFile, archive: ArchiveFile): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const path = checkedPath(archive, entry)
      unpacked += entry.uncompressedSize
      if (unpacked > maxUnpackedBytes(archive.bytes)) {
        throw unsafeArchive(archive.name, 'files of a sensible size', `over ${unpacked} bytes in ${archive.bytes}`)
      }
      if (!path.endsWith('/') && !isInClutter(path)) {
        entries.push({ path, bytes: entry.uncompressedSize, entry })
        checkFileCount(archive.name, entries.length)
      }
    }
  } catch (error) {
    throw asCorrupt(archive.name, 'a whole zip archive', error)
  }
  return entries.sort(byPath)
}

function checkedPath(archive: ArchiveFile, entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields, externalFileAttributes } = entry
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
  if (((externalFileAttributes >>> 16) & typeMask) === linkType) {
    throw unsafeArchive(archive.name, 'files and folders only', `the link "${name}"`)
  }
  return safeEntryPath(archive.name, name)
}

async function* readEntries(
  archive: ArchiveFile,
  entries: readonly ZipEntry[],
  isWanted: (path: string) => boolean,
  signal?: AbortSignal
) {
  const zip = await openZip(archive)
  try {
    for (const { path, bytes, entry } of entries) {
      checkCancelled(signal)
      if (isWanted(path)) {
        yield { path, bytes, chunks: contentOf(zip, path, entry) }
      }
    }
  } finally {
    zip.close()
  }
}

async function* contentOf(zip: ZipFile, path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (error) {
    throw asCorrupt(path, 'a readable file in the archive', error)
  }
  if (sum !== entry.crc32) {
    throw corruptFile(path, 'a readable file in the archive', 'content that its checksum denies')
  }
}
