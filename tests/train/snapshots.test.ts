import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { decodeSafetensors } from '../../src/main/checkpoints/safetensors'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import { type SnapshotOutcome, Snapshots } from '../../src/main/train/snapshots'
import { temporaryFolder } from '../support/temporaryFolder'
import { tinyRun } from './support/sessions'

/** Snapshots of a run's first state, and a way to wait for the next outcome. */
async function firstState() {
  const configuration = tinyRun()
  const networks = buildNetworks(configuration.architecture)
  onTestFinished(() => disposeNetworks(networks))
  const tensors = initialState(configuration)
  const state = await createEagerEngine(javaScriptBackend).createState(tensors)
  const outcomes: SnapshotOutcome[] = []
  let told = () => undefined as unknown
  const snapshots = new Snapshots((outcome) => {
    outcomes.push(outcome)
    told()
  })
  const nextOutcome = () =>
    new Promise<SnapshotOutcome>((resolve) => {
      told = () => resolve(outcomes.at(-1)!)
    })
  return { snapshots, outcomes, nextOutcome, tensors, give: (step: number) => snapshots.give(networks, state, step) }
}

describe('a snapshot of the model in training', () => {
  it('holds the generator and its average, each tensor as it is', async () => {
    const { snapshots, nextOutcome, tensors, give } = await firstState()
    const parent = join(await temporaryFolder(), 'new')
    snapshots.request(parent)
    const outcome = nextOutcome()
    await give(7)
    expect(await outcome).toEqual({ folder: join(parent, 'step-000007'), step: 7 })
    for (const name of ['ema', 'generator']) {
      const path = join(parent, 'step-000007', `${name}.safetensors`)
      const read = decodeSafetensors(await readFile(path), path).tensors
      expect([...read.keys()].sort()).toEqual([...tensors.keys()].filter((key) => key.startsWith(`${name}/`)).sort())
      for (const [key, { data }] of read) {
        expect(data).toEqual(tensors.get(key)!.data)
      }
    }
  })

  it('is taken only where somebody asked for it, once', async () => {
    const { snapshots, outcomes, nextOutcome, give } = await firstState()
    await give(1)
    snapshots.request(await temporaryFolder())
    const outcome = nextOutcome()
    await give(2)
    await give(3)
    await outcome
    await give(4)
    expect(outcomes).toHaveLength(1)
  })

  it('waits until the last one was a small share of the time', async () => {
    const { snapshots, outcomes, nextOutcome, give } = await firstState()
    const parent = await temporaryFolder()
    const startMs = performance.now()
    snapshots.request(parent)
    const first = nextOutcome()
    await give(1)
    await first
    const tookMs = performance.now() - startMs
    snapshots.request(parent)
    await give(2)
    expect(outcomes).toHaveLength(1)
    const second = nextOutcome()
    while (outcomes.length === 1) {
      await give(3)
      await new Promise(setImmediate)
    }
    expect(await second).toMatchObject({ step: 3 })
    // Measured a little outside of what the snapshots themselves measure.
    expect(performance.now() - startMs).toBeGreaterThan(5 * tookMs)
  })

  it('that can’t be written is told as a problem, and training lives on', async () => {
    const { snapshots, nextOutcome, give } = await firstState()
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    snapshots.request(file)
    const outcome = nextOutcome()
    await give(1)
    expect(await outcome).toEqual({ problem: expect.stringMatching(/ENOTDIR|EEXIST/) })
  })
})
