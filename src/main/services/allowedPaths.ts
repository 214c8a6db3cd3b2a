import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { KwiatError } from '../../shared/errors'
import { flowersName } from '../data/detectSource'
import { unlessMissing } from '../files/nodeErrors'

/** The places that a window may name: what the user chose, and what is in it. */
export class AllowedPaths {
  readonly #roots = new Set<string>()
  readonly #remedy: string

  /** @param remedy what the user can do to allow another path, as an imperative */
  constructor(roots: Iterable<string>, remedy: string) {
    this.#remedy = remedy
    for (const root of roots) {
      this.#roots.add(resolve(root))
    }
  }

  allow(path: string): void {
    this.#roots.add(resolve(path))
  }

  /**
   * The path, when it leads into an allowed place after links and `..` are followed.
   *
   * @throws KwiatError `path-not-allowed`
   */
  async check(path: string): Promise<string> {
    if (path === flowersName) {
      return path
    }
    const target = await realPathOf(resolve(path))
    for (const root of this.#roots) {
      if (isAbsolute(path) && isInside(await realPathOf(root), target)) {
        return resolve(path)
      }
    }
    throw new KwiatError('path-not-allowed', {
      who: path,
      expected: 'a file or folder that you chose, or something in one',
      actual: 'another place',
      todo: this.#remedy
    })
  }
}

/** The path without links; what is not there yet is looked for in the folder that would hold it. */
async function realPathOf(path: string): Promise<string> {
  const real = await unlessMissing(realpath(path), null)
  return real ?? join(await realPathOf(dirname(path)), basename(path))
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}
