import type { PictureSource, SourceEntry } from '../../../src/main/data/source'

/** All entries of some classes of a source, all classes when none is named. */
export async function entriesOf(source: PictureSource, classes?: readonly string[], size = 32): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = []
  const names = classes ?? source.classes.map(({ name }) => name)
  for await (const entry of source.entries({ classes: new Set(names), size })) {
    entries.push(entry)
  }
  return entries
}

/** Names and classes of the pictures among them. */
export const namesOf = (entries: readonly SourceEntry[]): string[] =>
  entries.map((entry) =>
    entry.kind === 'picture' ? `${entry.name} ${entry.className}` : `${entry.name} ${entry.code}`
  )
