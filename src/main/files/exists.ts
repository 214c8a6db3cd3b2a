import { lstat, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { unlessMissing } from './nodeErrors'

/** True when there is something at the path, be it a link to nowhere. */
export const exists = async (path: string): Promise<boolean> => (await unlessMissing(lstat(path), null)) !== null

/** False for what is not there, too. */
export const isFolder = async (path: string): Promise<boolean> =>
  (await unlessMissing(stat(path), null))?.isDirectory() ?? false

/** The path itself where something stands at it, else the nearest folder above it that is there. */
export const standingAncestor = async (path: string): Promise<string> =>
  (await exists(path)) || dirname(path) === path ? path : standingAncestor(dirname(path))
