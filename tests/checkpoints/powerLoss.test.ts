import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { setPinned } from '../../src/main/checkpoints/checkpointMarks'
import { moveCheckpointsToTrash } from '../../src/main/checkpoints/checkpointTrash'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { readCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { applyRetention } from '../../src/main/checkpoints/retention'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { writeCheckpoint } from '../../src/main/checkpoints/writeCheckpoint'
import type { Disk } from '../../src/main/files/disk'
import { Random } from '../../src/shared/random/random'
import { SurvivingDisk } from '../support/survivingDisk'
import { temporaryFolder } from '../support/temporaryFolder'
import { contentsAt, keeping, smallState } from './support/states'

/** So many of the states that a power cut may leave are looked at after each operation. */
const draws = 6

interface Scene {
  /** What is done before, and durable. */
  readonly before: (run: string, disk: Disk) => Promise<unknown>
  /** In whose midst the power goes. */
  readonly work: (run: string, disk: Disk) => Promise<unknown>
}

const scenes: Readonly<Record<string, Scene>> = {
  'a first checkpoint is saved': {
    before: async () => undefined,
    work: (run, disk) => writeCheckpoint(run, contentsAt(1), disk)
  },
  'another checkpoint is saved': {
    before: (run, disk) => writeCheckpoint(run, contentsAt(1), disk),
    work: (run, disk) => writeCheckpoint(run, contentsAt(2), disk)
  },
  'a checkpoint is replaced': {
    before: (run, disk) => writeCheckpoint(run, contentsAt(1, smallState(7)), disk),
    work: (run, disk) => writeCheckpoint(run, contentsAt(1, smallState(8)), disk)
  },
  'old ones are removed': {
    before: async (run, disk) => {
      await writeCheckpoint(run, contentsAt(1), disk)
      await writeCheckpoint(run, contentsAt(2), disk)
    },
    work: (run, disk) => applyRetention(run, keeping(1), 2, disk)
  },
  'one is moved to the trash': {
    before: async (run, disk) => {
      await writeCheckpoint(run, contentsAt(1), disk)
      await writeCheckpoint(run, contentsAt(2), disk)
    },
    work: (run, disk) => moveCheckpointsToTrash(run, [1], disk)
  }
}

/** Cuts the power after `alive` operations of the work, and calls `look` with each state that may be left. */
async function cutPower(
  { before, work }: Scene,
  alive: number,
  syncs: boolean,
  look: (run: string) => Promise<void>
): Promise<'finished' | 'cut'> {
  const home = await temporaryFolder()
  const run = join(home, 'run')
  const rehearsal = new SurvivingDisk(home)
  const preparing = rehearsal.disk()
  await preparing.makeFolder(run)
  await before(run, preparing)
  rehearsal.settle()
  rehearsal.limitTo(alive)
  const ended = await work(run, rehearsal.disk(syncs)).then(
    () => 'finished' as const,
    () => 'cut' as const
  )
  for (let draw = 0; draw < draws; draw++) {
    const left = await temporaryFolder()
    await rehearsal.survive(left, new Random(draw, 'generate', alive))
    await mkdir(join(left, 'run'), { recursive: true })
    await look(join(left, 'run'))
  }
  return ended
}

/** Steps of the checkpoints that are listed as complete, each read to its last byte. */
async function readAll(run: string): Promise<number[]> {
  const steps: number[] = []
  for (const { status, folder, step } of await listCheckpoints(run)) {
    expect(status).toBe('complete')
    await readCheckpoint(folder)
    steps.push(step)
  }
  return steps
}

it.each(Object.keys(scenes))(
  'when the power goes while %s, all that is listed is whole, before and after tidying up',
  async (name) => {
    const scene = scenes[name]!
    const kept = new Set<string>()
    let ended = 'cut'
    for (let alive = 0; ended === 'cut'; alive++) {
      ended = await cutPower(scene, alive, true, async (run) => {
        const steps = await readAll(run)
        await (await lockRun(run)).release()
        expect(await readAll(run)).toEqual(steps)
        kept.add(steps.join())
      })
    }
    // What was durable before is never lost, but where it is removed on purpose.
    expect([...kept].sort()).toEqual(
      {
        'a first checkpoint is saved': ['', '1'],
        'another checkpoint is saved': ['1', '2,1'],
        'a checkpoint is replaced': ['1'],
        'old ones are removed': ['2', '2,1'],
        'one is moved to the trash': ['2', '2,1']
      }[name]
    )
  }
)

it('a writer that does not sync leaves broken checkpoints in the same test: the order of writing is what protects them', async () => {
  let broken = 0
  let ended = 'cut'
  for (let alive = 0; ended === 'cut'; alive++) {
    ended = await cutPower(scenes['another checkpoint is saved']!, alive, false, async (run) => {
      const listed = await listCheckpoints(run)
      for (const { folder } of listed) {
        broken += await readCheckpoint(folder).then(
          () => 0,
          () => 1
        )
      }
    })
  }
  expect(broken).toBeGreaterThan(0)
})

it('a pin that was told as set is there after a power cut', async () => {
  const home = await temporaryFolder()
  const disks = new SurvivingDisk(home)
  const disk = disks.disk()
  const run = join(home, 'run')
  await disk.makeFolder(run)
  const folder = await writeCheckpoint(run, contentsAt(1), disk)
  disks.settle()
  await setPinned(folder, true, disk)
  for (let draw = 0; draw < draws; draw++) {
    const left = await temporaryFolder()
    await disks.survive(left, new Random(draw, 'generate'))
    const at2 = join(left, 'run')
    await writeCheckpoint(at2, contentsAt(2))
    await applyRetention(at2, keeping(1), 2)
    expect(await readAll(at2)).toEqual([2, 1])
  }
})
