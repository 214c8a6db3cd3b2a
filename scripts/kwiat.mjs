// Builds what is out of date and runs the command line in this process: `npm run kwiat -- train …`.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const output = join(root, 'out', 'main')
const built = join(output, 'cli.cjs')
const sources = ['src', 'resources', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']

/** Time of the newest change in a file or folder. */
function newest(path) {
  const stats = statSync(path)
  return stats.isDirectory()
    ? Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
    : stats.mtimeMs
}

/** Builds beside the old build and puts it in its place: another Kwiat may be starting from that. */
function build() {
  console.error('Kwiat: building …')
  const startedSeconds = Date.now() / 1000
  const workspace = join(root, 'out', `build-${process.pid}`)
  const fresh = join(workspace, 'main')
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'buildMain.mjs'), workspace], {
    // What it says must not end up among the lines of --json.
    stdio: ['ignore', 2, 2]
  })
  if (status !== 0) {
    console.error('Kwiat: the build failed; see the messages above.')
    rmSync(workspace, { recursive: true, force: true })
    process.exit(1)
  }
  // What was changed during the build counts as changed after it.
  utimesSync(join(fresh, 'cli.cjs'), startedSeconds, startedSeconds)
  if (existsSync(output)) {
    renameSync(output, join(workspace, 'old'))
  }
  renameSync(fresh, output)
  rmSync(workspace, { recursive: true, force: true })
}

const isCurrent = existsSync(built) && sources.every((name) => newest(join(root, name)) <= statSync(built).mtimeMs)
if (!isCurrent) {
  build()
}
// npm changes to the project's folder; paths on the command line are meant from where the user is.
process.chdir(process.env.INIT_CWD ?? process.cwd())
await import(pathToFileURL(built).href)
