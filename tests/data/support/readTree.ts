import type { FileTree } from '../../../src/main/data/trees/fileTree'
import { readWhole } from '../../../src/main/data/trees/readChunks'

/** All files of a tree that can be read, as text by path. */
export async function readTree(tree: FileTree, isWanted: (path: string) => boolean = () => true) {
  const contents: Record<string, string> = {}
  for await (const { path, chunks } of tree.read(isWanted)) {
    contents[path] = (await readWhole(path, chunks, 1e9)).toString()
  }
  return contents
}
