import type { Refusal } from '../decode/picture'

export interface ListedFile {
  /** Relative to the tree's root, with "/" on all systems. */
  readonly path: string
  readonly bytes: number
}

export interface OpenedFile extends ListedFile {
  /**
   * The content, to be read once and before the next file is asked for.
   *
   * @throws KwiatError `data-corrupt` while it is read, when this file can't be
   */
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Files under names: a folder or an archive. Opening one lists it and checks that it is safe to read. */
export interface FileTree {
  /** For people, as "frogs.zip". */
  readonly name: string
  /** Changes when a file is added, removed or changed. */
  readonly identity: string
  readonly files: readonly ListedFile[]
  /** What stands there under a name but can't be read. */
  readonly refused: readonly Refusal[]
  /**
   * Opens the wanted files one after the other, in the order of `files`.
   *
   * @throws KwiatError `data-corrupt`, `data-unsafe` when the rest of the tree can't be read
   * @throws Cancelled
   */
  read(isWanted: (path: string) => boolean, signal?: AbortSignal): AsyncIterable<OpenedFile>
}

/** Orders by the code units of the paths, alike on every system and in every language. */
export const byPath = (a: ListedFile, b: ListedFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
