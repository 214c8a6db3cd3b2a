import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A real file system of its own, in memory, unmounted after the running test. */
export function smallDisk(megabytes: number): { folder: string; makeReadOnly: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kwiat-disk-'))
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)
  onTestFinished(() => unmount(folder))
  return { folder, makeReadOnly: () => mount('-o', 'remount,ro', folder) }
}

/** Whether this process may mount; in most containers only root with all its rights may. */
export const canMount: boolean = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'kwiat-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
  if (status === 0) {
    unmount(folder)
  } else {
    rmdirSync(folder)
  }
  return status === 0
})()

function mount(...options: string[]): void {
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' })
  if (status !== 0) {
    throw new Error(`mount ${options.join(' ')}: ${stderr}`)
  }
}

function unmount(folder: string): void {
  spawnSync('umount', [folder])
  rmdirSync(folder)
}
