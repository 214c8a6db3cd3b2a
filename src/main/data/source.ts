import type { Picture, Refusal } from './decode/picture'

/** The kinds of places that pictures come from. */
export const sourceKinds = ['flowers', 'pictures', 'cifar', 'idx'] as const
type SourceKind = (typeof sourceKinds)[number]

/** The class of pictures that nothing sorts. */
export const unsorted = 'unsorted'

export interface SourceClass {
  readonly name: string
  /** Pictures of this class; null where only reading all of the source would tell. */
  readonly count: number | null
}

/** One picture as it comes, or the reason why it doesn't. */
export type SourceEntry =
  | { readonly kind: 'picture'; readonly name: string; readonly className: string; readonly picture: Picture }
  | Refusal

export interface EntriesRequest {
  /** Names of the classes to read. */
  readonly classes: ReadonlySet<string>
  /** Side in pixels that the pictures will get; a source that draws its pictures draws them no larger than useful. */
  readonly size: number
  readonly signal?: AbortSignal | undefined
}

/** Pictures in classes, whatever they are stored in. Opening one reads no picture, but finds and checks what is there. */
export interface PictureSource {
  readonly kind: SourceKind
  /** For people, as "frogs.zip". */
  readonly name: string
  /** Equal for equal content: changes when a file is added, removed or changed. */
  readonly identity: string
  /** Entries of all classes together. */
  readonly pictureCount: number
  /** In the order of their labels. */
  readonly classes: readonly SourceClass[]
  /** Files that are no pictures and were left alone. */
  readonly otherFiles: number
  /**
   * The pictures one after the other, always in the same order. Can be called again.
   *
   * @throws KwiatError `data-corrupt`, `data-unsafe` when the rest of the source can't be read
   * @throws Cancelled
   */
  entries(request: EntriesRequest): AsyncIterable<SourceEntry>
}
