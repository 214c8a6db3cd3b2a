import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

/**
 * Names of things that no reader may take for real ones:
 * `.<name>.<token>.unfinished` is being written, `.<name>.<token>.trash` is being removed, and `.<name>.replaced` is
 * what stood at `<name>` until its replacement stands there.
 */
const temporary = /^\..+\.[0-9a-f]{8}\.(unfinished|trash)$/
const replaced = /^\.(.+)\.replaced$/

/** Eight random hexadecimal digits; from the system, never from the training's generator. */
export const randomToken = (): string => randomBytes(4).toString('hex')

export const unfinishedPath = (path: string): string => siblingPath(path, `${randomToken()}.unfinished`)
export const trashPath = (path: string): string => siblingPath(path, `${randomToken()}.trash`)
export const replacedPath = (path: string): string => siblingPath(path, 'replaced')

/** True for what a crash left behind and nobody will ask for. */
export const isTemporaryName = (name: string): boolean => temporary.test(name)

/** The name that a `replaced` name stood at, or null for other names. */
export const nameBeforeReplacing = (name: string): string | null => replaced.exec(name)?.[1] ?? null

const siblingPath = (path: string, suffix: string): string => join(dirname(path), `.${basename(path)}.${suffix}`)
