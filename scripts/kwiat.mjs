// Builds what is out of date and runs the command line in this process: `npm run kwiat -- train …`.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const output = join(root, 'out')
const sources = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.json'
]

/** The parts of the program, each with a file that every build of it makes. */
const markers = { main: 'cli.cjs', preload: 'index.cjs', renderer: 'index.html' }
const windowCommands = ['start', 'serve']

/** Time of the newest change in a file or folder. */
function newest(path) {
  const stats = statSync(path)
  return stats.isDirectory()
    ? Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
    : stats.mtimeMs
}

/** Those of the parts that were built before the newest change. */
function outOfDate(targets) {
  const changedMs = Math.max(...sources.map((name) => newest(join(root, name))))
  return targets.filter((target) => {
    const marker = join(output, target, markers[target])
    return !existsSync(marker) || statSync(marker).mtimeMs < changedMs
  })
}

/** Builds beside the old build and puts it in its place: another Kwiat may be starting from that. */
function build(targets) {
  console.error('Kwiat: building …')
  const startedSeconds = Date.now() / 1000
  const workspace = join(output, `build-${process.pid}`)
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'buildTargets.mjs'), workspace, ...targets], {
    // What it says must not end up among the lines of --json.
    stdio: ['ignore', 2, 2]
  })
  if (status === 0) {
    for (const target of targets) {
      // What was changed during the build counts as changed after it.
      utimesSync(join(workspace, target, markers[target]), startedSeconds, startedSeconds)
      replace(join(output, target), join(workspace, target), join(workspace, `old-${target}`))
    }
  }
  rmSync(workspace, { recursive: true, force: true })
  if (status !== 0) {
    console.error('Kwiat: the build failed; see the messages above.')
    process.exit(1)
  }
}

function replace(folder, fresh, aside) {
  if (existsSync(folder)) {
    renameSync(folder, aside)
  }
  renameSync(fresh, folder)
}

const targets = outOfDate(windowCommands.includes(process.argv[2]) ? Object.keys(markers) : ['main'])
if (targets.length > 0) {
  build(targets)
}
// npm changes to the project's folder; paths on the command line are meant from where the user is.
if (process.cwd() === root && process.env.INIT_CWD !== undefined) {
  process.chdir(process.env.INIT_CWD)
}
await import(pathToFileURL(join(output, 'main', 'cli.cjs')).href)
