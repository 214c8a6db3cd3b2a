import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../builtFiles'

/** Where the program stands in a folder of an Electron runtime. */
const programs: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron')
}

/** Folders in which a runtime may stand; the first is how Electron's own tools are told of one. */
const distFolders = (): readonly string[] =>
  [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(projectFolder, 'node_modules', 'electron', 'dist')].filter(
    (folder) => folder !== undefined
  )

/** The Electron program; null when none is installed. */
export function findElectron(): string | null {
  const name = programs[process.platform] ?? 'electron'
  return (
    distFolders()
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path)) ?? null
  )
}

/** Whether windows can be shown: elsewhere than on Linux there is always a desktop. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

const releases = 'https://github.com/electron/electron/releases'
const patienceMs = 4000

/** Whether the place that Electron's installer loads from answers, so that nobody waits for it where it can't. */
export async function canFetchElectron(): Promise<boolean> {
  try {
    await fetch(releases, { method: 'HEAD', signal: AbortSignal.timeout(patienceMs) })
    return true
  } catch {
    return false
  }
}
