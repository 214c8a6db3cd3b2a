import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isAlive, processStart } from '../../src/main/checkpoints/processIdentity'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

/** A process that lives until the test ends or `kill` is called. */
async function idleProcess(): Promise<{ pid: number; kill: () => Promise<unknown> }> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)'])
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
  if (child.pid === undefined) {
    throw new Error('no process')
  }
  const kill = () => {
    child.kill('SIGKILL')
    return once(child, 'exit')
  }
  return { pid: child.pid, kill }
}

/** Puts a lock into a run as if another process had taken it. */
async function plantLock(run: string, owner: { pid: number; started: string | null; host?: string }): Promise<void> {
  await mkdir(join(run, 'lock'))
  const lock = { host: hostname(), since: '2026-01-02T03:04:05.678Z', token: '0123abcd', ...owner }
  await writeFile(join(run, 'lock', 'owner.json'), JSON.stringify(lock))
}

describe('lockRun', () => {
  it('lets one in, refuses the next with its holder, and is free after the release', async () => {
    const run = await temporaryFolder()
    const lock = await lockRun(run)
    const error = await rejection('run-locked', () => lockRun(run))
    expect(error.message).toContain(`process ${process.pid} on ${hostname()}, which has held it since 20`)
    expect(error.message).toContain(`if nothing trains this run, remove the folder ${join(run, 'lock')}.`)
    await lock.release()
    expect(await readdir(run)).toEqual([])
    await (await lockRun(run)).release()
  })

  it('refuses while the process that holds it lives, and takes the lock over once that was killed', async () => {
    const run = await temporaryFolder()
    const { pid, kill } = await idleProcess()
    await plantLock(run, { pid, started: await processStart(pid) })
    const error = await rejection('run-locked', () => lockRun(run))
    expect(error.message).toContain(`process ${pid} on`)
    await kill()
    const lock = await lockRun(run)
    expect(JSON.parse(await readFile(join(run, 'lock', 'owner.json'), 'utf8')).pid).toBe(process.pid)
    await lock.release()
    expect(await readdir(run)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('takes over when the number belongs to a later process now', async () => {
    const run = await temporaryFolder()
    await plantLock(run, { pid: process.pid, started: 'another time' })
    await (await lockRun(run)).release()
  })

  it('refuses when nothing tells whether the process is the same', async () => {
    const run = await temporaryFolder()
    await plantLock(run, { pid: process.pid, started: null })
    await rejection('run-locked', () => lockRun(run))
  })

  it('refuses the lock of another computer, whatever its number', async () => {
    const run = await temporaryFolder()
    const { pid, kill } = await idleProcess()
    await kill()
    await plantLock(run, { pid, started: null, host: `not-${hostname()}` })
    const error = await rejection('run-locked', () => lockRun(run))
    expect(error.message).toContain(`process ${pid} on not-${hostname()}`)
  })

  it('refuses a lock that can’t be read, and says how to get rid of it', async () => {
    const run = await temporaryFolder()
    await mkdir(join(run, 'lock'))
    await writeFile(join(run, 'lock', 'owner.json'), 'x')
    const error = await rejection('run-locked', () => lockRun(run))
    expect(error.message).toContain('a lock that can’t be read')
  })

  it('lets exactly one of many in that find the same stale lock', async () => {
    const { pid, kill } = await idleProcess()
    await kill()
    for (let round = 0; round < 20; round++) {
      const run = await temporaryFolder()
      await plantLock(run, { pid, started: null })
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(run)))
      const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(winners.length).toBe(1)
      for (const result of results) {
        expect(result.status === 'fulfilled' || result.reason).toMatchObject(
          result.status === 'fulfilled' ? {} : { code: 'run-locked' }
        )
      }
      await winners[0]?.release()
      expect(await readdir(run)).toEqual([])
    }
  })

  it('does not release a lock that was removed by hand and taken by another', async () => {
    const run = await temporaryFolder()
    const lock = await lockRun(run)
    await plantLock(await emptied(run), { pid: process.pid, started: null })
    await lock.release()
    expect(await readdir(run)).toEqual(['lock'])
  })

  it('removes what crashed writes left in the run, and nothing else', async () => {
    const run = await temporaryFolder()
    const kept = ['run.json', 'samples/step-000001.png', '.hidden', '.step-000001.unfinished']
    const left = [
      '.run.json.00ff00ff.unfinished',
      'samples/.step-000001.png.00ff00ff.unfinished',
      'checkpoints/.step-000001.00ff00ff.trash/manifest.json',
      'checkpoints/.step-000002.00ff00ff.unfinished/generator.safetensors'
    ]
    for (const path of [...kept, ...left]) {
      await mkdir(join(run, path, '..'), { recursive: true })
      await writeFile(join(run, path), 'x')
    }
    await (await lockRun(run)).release()
    expect((await readdir(run)).sort()).toEqual([
      '.hidden',
      '.step-000001.unfinished',
      'checkpoints',
      'run.json',
      'samples'
    ])
    expect(await readdir(join(run, 'checkpoints'))).toEqual([])
    expect(await readdir(join(run, 'samples'))).toEqual(['step-000001.png'])
  })
})

async function emptied(run: string): Promise<string> {
  await rm(join(run, 'lock'), { recursive: true })
  return run
}

describe('processStart', () => {
  it.skipIf(process.platform === 'win32')('is the same at each look and another for another process', async () => {
    const own = await processStart(process.pid)
    expect(own).toEqual(expect.any(String))
    expect(await processStart(process.pid)).toBe(own)
    const { pid, kill } = await idleProcess()
    expect(await processStart(pid)).not.toBe(own)
    expect(isAlive(pid)).toBe(true)
    await kill()
    expect(isAlive(pid)).toBe(false)
    expect(await processStart(pid)).toBe(null)
  })
})
