import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { readCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { Random } from '../../src/shared/random/random'
import type { HostTensor } from '../../src/shared/tensor'
import { bundleModule } from '../support/bundleModule'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { firstState, nextState } from './support/evolvingState'

const kills = 200
const longestLifeMs = 120

/** Lets a process train and save into the run and kills it after a while. */
async function trainAndKill(script: string, run: string, lifeMs: number): Promise<void> {
  const child = spawn(process.execPath, [script, run], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const exit = once(child, 'exit')
  setTimeout(() => child.kill('SIGKILL'), lifeMs)
  expect(await exit).toEqual([null, 'SIGKILL'])
}

/** The states of an undisturbed training, step by step. */
function undisturbed() {
  const states: ReadonlyMap<string, HostTensor>[] = [firstState()]
  return (step: number): ReadonlyMap<string, HostTensor> => {
    while (states.length <= step) {
      states.push(nextState(states.at(-1)!, states.length))
    }
    return states[step]!
  }
}

it(`after each of ${kills} or more kills at random moments of saving, every listed checkpoint is whole, and going on is bit for bit an undisturbed training`, async () => {
  const script = await bundleModule(fileURLToPath(new URL('./support/trainAndSave.ts', import.meta.url)))
  const run = await temporaryFolder()
  const random = new Random(5, 'generate')
  const stateAt = undisturbed()
  let killsWithLeftovers = 0
  let newest = 0
  // On a busy machine many a process is killed before it comes to anything: then there are more kills.
  const isEnough = () => killsWithLeftovers > kills / 3 && newest > kills / 2
  for (let kill = 0; kill < kills || (!isEnough() && kill < 3 * kills); kill++) {
    await trainAndKill(script, run, random.integer(longestLifeMs))
    const names = await readdir(join(run, 'checkpoints')).catch(() => [])
    killsWithLeftovers += names.some((name) => name.startsWith('.')) ? 1 : 0
    const listed = await listCheckpoints(run)
    for (const { folder, step } of listed) {
      // Reading compares every byte with its hash.
      const { state } = await readCheckpoint(folder)
      for (const [name, { data }] of stateAt(step)) {
        expect(Buffer.compare(bytesOf(state.get(name)), bytesOf({ data }))).toBe(0)
      }
    }
    expect(listed[0]?.step ?? 0).toBeGreaterThanOrEqual(newest)
    newest = listed[0]?.step ?? 0
  }
  // The test is one of saving only if saving was what the kills interrupted, and one of going on only if it went on.
  expect(killsWithLeftovers).toBeGreaterThan(kills / 3)
  expect(newest).toBeGreaterThan(kills / 2)
  const lock = await lockRun(run)
  await rejection('run-locked', () => lockRun(run))
  expect((await readdir(join(run, 'checkpoints'))).filter((name) => name.startsWith('.'))).toEqual([])
  await lock.release()
  expect(await readdir(run)).toEqual(['checkpoints'])
  // As many processes as kills are started, which takes long where other programs want the processor.
}, 400_000)

function bytesOf(tensor: Pick<HostTensor, 'data'> | undefined): Uint8Array {
  const data = tensor?.data ?? new Uint8Array()
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
