import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'
import { type AppRuntime, findChromium, findProgram, prepareElectron } from './programs'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Electron to test with; null when there is none, or nothing to show its windows on. */
    electron: Pick<AppRuntime, 'program' | 'options' | 'version'> | null
    chromium: string | null
    /** The X display that windows are shown on. */
    display: string
  }
}

/** Starts a display that nobody sees; null when there is no program for it. */
async function startDisplay(): Promise<{ readonly name: string; readonly server: ChildProcess } | null> {
  const program = findProgram('Xvfb')
  if (program === null) {
    return null
  }
  const server = spawn(program, ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe']
  })
  const told = server.stdio[3]
  if (told === null || told === undefined || !('read' in told)) {
    throw new Error('Xvfb: expected a pipe on which it tells its display')
  }
  const [number] = await once(createInterface({ input: told }), 'line')
  return { name: `:${number}`, server }
}

function tellMissing(what: string, where: string, tests: string): void {
  process.stderr.write(`\ne2e: no ${what} (${where}): ${tests} are SKIPPED.\n`)
}

const runtimeOf = ({ program, options, version }: AppRuntime) => ({ program, options, version })

/** Finds the programs that the studio is shown with, once for all test files, and says which are missing. */
export default async function setUp(project: TestProject): Promise<() => void> {
  // Builds what is out of date, the window included.
  execFileSync(process.execPath, ['scripts/kwiat.mjs', 'serve', '--help'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const chromium = findChromium()
  if (chromium === null) {
    tellMissing(
      'Chromium',
      'none of chromium, chromium-browser, google-chrome is on the path',
      'the tests of kwiat serve'
    )
  }
  const electron = prepareElectron(project.config.root)
  if (electron === null) {
    tellMissing(
      'Electron',
      'neither in ELECTRON_OVERRIDE_DIST_PATH nor in node_modules',
      'the tests of the desktop app'
    )
  }
  const present = process.env.DISPLAY ?? ''
  const display = electron === null || present !== '' ? null : await startDisplay()
  const name = display?.name ?? present
  if (electron !== null && name === '') {
    tellMissing('display', 'DISPLAY is not set and Xvfb not installed', 'the tests of the desktop app')
  }
  project.provide('chromium', chromium)
  project.provide('electron', electron === null || name === '' ? null : runtimeOf(electron))
  project.provide('display', name)
  return () => {
    display?.server.kill()
    electron?.remove()
  }
}
