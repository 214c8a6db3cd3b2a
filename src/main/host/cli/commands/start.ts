import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Command } from 'commander'
import { projectFolder } from '../../builtFiles'
import { canFetchElectron, findElectron, hasDisplay } from '../electronBinary'
import { serveStudio } from './serve'

/** An app that ends sooner with an error could not open its window. */
const startTimeMs = 10_000

type Opened = { readonly isOpen: true } | { readonly isOpen: false; readonly reason: string }

const notOpen = (reason: string): Opened => ({ isOpen: false, reason })

/** Runs the desktop app until it is closed; says why where that can't be. */
async function runDesktopApp(): Promise<Opened> {
  if (!hasDisplay()) {
    return notOpen('there is no display')
  }
  if (findElectron() === null && (await canFetchElectron())) {
    process.stderr.write('Fetching Electron, once …\n')
    spawnSync(process.execPath, [join(projectFolder, 'node_modules', 'electron', 'install.js')], { stdio: 'inherit' })
  }
  const electron = findElectron()
  return electron === null ? notOpen('Electron is not installed and could not be fetched') : runElectron(electron)
}

async function runElectron(electron: string): Promise<Opened> {
  // Chromium's sandbox refuses to run as root.
  const options = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const startMs = performance.now()
  const app = spawn(electron, [...options, projectFolder], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => app.kill(signal))
  }
  try {
    const [code] = await once(app, 'exit')
    const hasFailed = code !== 0 && performance.now() - startMs < startTimeMs
    return hasFailed ? notOpen(`Electron ended with exit code ${code}`) : { isOpen: true }
  } catch (error) {
    return notOpen(error instanceof Error ? error.message : String(error))
  }
}

/** What `npm start` does: the studio in a window, or in a browser where there can be no window. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Open the studio: as a desktop app where Electron and a display are there, in a browser otherwise.')
    .action(async () => {
      const opened = await runDesktopApp()
      if (!opened.isOpen) {
        process.stderr.write(`No window, since ${opened.reason}; Kwiat serves the studio to your browser instead.\n`)
        await serveStudio({ port: 0, data: [] })
      }
    })
}
