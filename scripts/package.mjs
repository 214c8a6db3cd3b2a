// Packs what was built: `npm run package` (installers), `npm run package:dir` (a folder that runs).
// With ELECTRON_OVERRIDE_DIST_PATH, the Electron in that folder is packed instead of one that is downloaded.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js')

/** A copy of a runtime without any app: what lies in its resources would be packed too. */
function copyWithoutApp(runtime, target) {
  const resources = join(runtime, 'resources')
  cpSync(runtime, target, { recursive: true, filter: (path) => path !== resources })
  mkdirSync(join(target, 'resources'))
}

/** The options that pack the runtime in a folder. */
function runtimeOptions(runtime, target) {
  copyWithoutApp(runtime, target)
  const version = readFileSync(join(runtime, 'version'), 'utf8').trim().replace(/^v/, '')
  return [`-c.electronDist=${target}`, `-c.electronVersion=${version}`]
}

const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH
const workspace = mkdtempSync(join(tmpdir(), 'kwiat-package-'))
try {
  const options = runtime ? runtimeOptions(runtime, join(workspace, 'electron')) : []
  const { status } = spawnSync(
    process.execPath,
    [builder, '--publish', 'never', ...options, ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit' }
  )
  process.exitCode = status ?? 1
} finally {
  rmSync(workspace, { recursive: true, force: true })
}
