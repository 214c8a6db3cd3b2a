import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { verifyCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { Random } from '../../src/shared/random/random'
import { bundleModule } from '../support/bundleModule'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

const kills = 36
const longestLifeMs = 250

/** Lets a process save checkpoints into the run and kills it after a while. */
async function saveAndKill(script: string, run: string, lifeMs: number): Promise<void> {
  const child = spawn(process.execPath, [script, run], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  await rejection('run-locked', () => lockRun(run))
  const exit = once(child, 'exit')
  setTimeout(() => child.kill('SIGKILL'), lifeMs)
  expect(await exit).toEqual([null, 'SIGKILL'])
}

it(`after each of ${kills} kills at random moments of saving, every listed checkpoint verifies`, async () => {
  const script = await bundleModule(fileURLToPath(new URL('./support/saveForever.ts', import.meta.url)))
  const run = await temporaryFolder()
  const random = new Random(5, 'generate')
  let killsWithLeftovers = 0
  let newest = 0
  for (let kill = 0; kill < kills; kill++) {
    await saveAndKill(script, run, random.integer(longestLifeMs))
    const names = await readdir(join(run, 'checkpoints')).catch(() => [])
    killsWithLeftovers += names.some((name) => name.startsWith('.')) ? 1 : 0
    const listed = await listCheckpoints(run)
    for (const checkpoint of listed) {
      expect(await verifyCheckpoint(checkpoint.folder)).toMatchObject({ whole: true })
    }
    newest = Math.max(newest, ...listed.map(({ step }) => step))
  }
  // The test is one of saving only if saving was what the kills interrupted.
  expect(killsWithLeftovers).toBeGreaterThan(kills / 3)
  expect(newest).toBeGreaterThan(3)
  const lock = await lockRun(run)
  expect((await readdir(join(run, 'checkpoints'))).filter((name) => name.startsWith('.'))).toEqual([])
  await lock.release()
  expect(await readdir(run)).toEqual(['checkpoints'])
})
