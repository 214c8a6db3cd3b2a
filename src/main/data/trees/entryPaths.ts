import { KwiatError } from '../../../shared/errors'
import { maxFiles } from '../limits'
import { reasonOf } from '../reasonOf'

const clutter: ReadonlySet<string> = new Set(['__macosx', 'thumbs.db', 'ehthumbs.db', 'desktop.ini'])

/** True for what systems leave beside the user's files: dot files, __MACOSX, Thumbs.db. */
export const isClutter = (name: string): boolean => name.startsWith('.') || clutter.has(name.toLowerCase())

/** True when the file or a folder on its path is clutter. */
export const isInClutter = (path: string): boolean => path.split('/').some(isClutter)

/**
 * The path of an archive's entry with "/" and without a leading "./".
 *
 * @throws KwiatError `data-unsafe` when it is absolute or leaves the archive's root
 */
export function safeEntryPath(archive: string, name: string): string {
  const path = name.replaceAll('\\', '/').replace(/^(\.\/+)+/, '')
  if (/^(\/|[A-Za-z]:)/.test(path) || path.includes('\0') || path.split('/').includes('..')) {
    throw unsafeArchive(archive, 'entries that stay inside the archive', `the path "${name}"`)
  }
  return path
}

/** Counts an archive's or a folder's files. @throws KwiatError when there are more than Kwiat takes */
export function checkFileCount(name: string, count: number): void {
  if (count > maxFiles) {
    throw new KwiatError('data-too-large', {
      who: name,
      expected: `at most ${maxFiles} files`,
      actual: 'more',
      todo: 'split it into several sets'
    })
  }
}

export const unsafeArchive = (archive: string, expected: string, actual: string): KwiatError =>
  new KwiatError('data-unsafe', {
    who: archive,
    expected,
    actual,
    todo: 'do not use this file; if you trust its maker, unpack it yourself and give the folder'
  })

/** A library's failure to read a file as `data-corrupt`; what is a KwiatError already stays as it is. */
export const asCorrupt = (name: string, expected: string, error: unknown): KwiatError =>
  error instanceof KwiatError ? error : corruptFile(name, expected, reasonOf(error), error)

export const corruptFile = (name: string, expected: string, actual: string, cause?: unknown): KwiatError =>
  new KwiatError(
    'data-corrupt',
    { who: name, expected, actual, todo: 'check that it is whole and readable, or get it again' },
    cause
  )
