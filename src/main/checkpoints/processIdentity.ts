import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { nodeErrorCode } from '../files/nodeErrors'

/**
 * A text that tells a living process from an earlier one that had the same number: when it started, as exactly as the
 * system says. Null where the system doesn't say (Windows).
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    switch (process.platform) {
      case 'linux':
        return await startOnLinux(pid)
      case 'darwin':
        return await startByPs(pid)
      default:
        return null
    }
  } catch {
    return null
  }
}

/** False when there is no process of this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is one, of another user.
    return nodeErrorCode(error) !== 'ESRCH'
  }
}

/** The boot's id and the clock ticks from the boot to the start: field 22 of /proc/<pid>/stat (man 5 proc). */
async function startOnLinux(pid: number): Promise<string | null> {
  const [boot, stat] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    readFile(`/proc/${pid}/stat`, 'utf8')
  ])
  // The second field, a name in parentheses, may hold anything, so fields are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields[19]
  return ticks === undefined ? null : `${boot.trim()} ${ticks}`
}

/** In UTC and in plain English, so that a journey or another language doesn't change the text. */
async function startByPs(pid: number): Promise<string | null> {
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env })
  return stdout.trim() || null
}
