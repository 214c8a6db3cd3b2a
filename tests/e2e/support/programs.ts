import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { findElectron } from '../../../src/main/host/cli/electronBinary'

/** Chromium's sandbox refuses to run as root. */
export const sandboxOptions: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** A program of one of the names on the path; null when there is none. */
export function findProgram(...names: readonly string[]): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

export const findChromium = (): string | null =>
  findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome')

/** A runtime set up to run the app. */
export interface AppRuntime {
  readonly program: string
  /** What the program is given to run this project. */
  readonly options: readonly string[]
  /** As Electron's file "version" has it, as "25.1.1". */
  readonly version: string
  /** Removes what was made for it. */
  remove(): void
}

/**
 * Electron, ready to run the app in `project`. A runtime that was taken out of a packaged app looks for its app in its
 * own folder: such a one is copied, since the folder it stands in is not ours.
 */
export function prepareElectron(project: string): AppRuntime | null {
  const found = findElectron()
  if (found === null) {
    return null
  }
  const folder = dirname(found)
  const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  if (process.platform !== 'linux' || existsSync(join(folder, 'resources', 'default_app.asar'))) {
    return { program: found, options: [project], version, remove: () => undefined }
  }
  const copy = mkdtempSync(join(tmpdir(), 'kwiat-electron-'))
  const resources = join(folder, 'resources')
  cpSync(folder, copy, { recursive: true, filter: (path) => path !== resources })
  mkdirSync(join(copy, 'resources'))
  symlinkSync(project, join(copy, 'resources', 'app'))
  return {
    program: join(copy, basename(found)),
    options: [],
    version,
    remove: () => rmSync(copy, { recursive: true, force: true })
  }
}
