// Builds what is out of date and runs the command line: `npm run kwiat -- train …`.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'out', 'main', 'cli.cjs')
const sources = ['src', 'resources', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']

/** Time of the newest change in a file or folder. */
function newest(path) {
  const stats = statSync(path)
  return stats.isDirectory()
    ? Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
    : stats.mtimeMs
}

const isCurrent = existsSync(built) && sources.every((name) => newest(join(root, name)) <= statSync(built).mtimeMs)
if (!isCurrent) {
  console.error('Kwiat: building …')
  const build = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
    {
      cwd: root,
      encoding: 'utf8'
    }
  )
  if (build.status !== 0) {
    console.error(build.stdout + build.stderr)
    process.exit(1)
  }
}

const child = spawn(process.execPath, [built, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // npm changes to the project's folder; paths on the command line are meant from where the user is.
  cwd: process.env.INIT_CWD ?? process.cwd()
})
// Ctrl-C reaches the child by itself; this process only waits for what it makes of it.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
})
