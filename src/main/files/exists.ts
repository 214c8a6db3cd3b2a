import { lstat } from 'node:fs/promises'
import { unlessMissing } from './nodeErrors'

/** True when there is something at the path, be it a link to nowhere. */
export const exists = async (path: string): Promise<boolean> => (await unlessMissing(lstat(path), null)) !== null
