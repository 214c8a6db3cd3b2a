import { chmod, chown, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { readCheckpoint, verifyCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { applyRetention } from '../../src/main/checkpoints/retention'
import { createRun, replaceRunFile, writeSample } from '../../src/main/checkpoints/runFolder'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { writeCheckpoint } from '../../src/main/checkpoints/writeCheckpoint'
import { float32 } from '../../src/shared/tensor'
import { rejection } from '../support/rejection'
import { canMount, smallDisk } from '../support/smallDisk'
import { temporaryFolder } from '../support/temporaryFolder'
import { type DiskOperation, nodeError, watchedDisk } from '../support/watchedDisk'
import { smallConfiguration } from './support/configuration'
import { contentsAt, keeping, smallState } from './support/states'

const tooMuch = () => new Map([['generator/w', float32(new Float32Array(750_000).fill(1), [750_000])]])

const runFacts = () => ({
  name: 'test',
  configuration: smallConfiguration(),
  data: { source: 'flowers', fingerprint: 'abc' },
  engine: 'cpu',
  versions: {}
})

/** The number of operations on the disk that `work` takes. */
async function operationsOf(
  work: (disk: ReturnType<typeof watchedDisk>) => Promise<unknown>
): Promise<DiskOperation[]> {
  const operations: DiskOperation[] = []
  await work(watchedDisk((operation) => operations.push(operation)))
  return operations
}

async function expectAllWhole(run: string): Promise<number[]> {
  const listed = await listCheckpoints(run)
  for (const { folder } of listed) {
    expect(await verifyCheckpoint(folder)).toMatchObject({ whole: true })
  }
  return listed.map(({ step }) => step)
}

describe('a full disk', () => {
  it.skipIf(!canMount)(
    'while saving: a sentence, no leftovers, the earlier checkpoint whole (needs mount)',
    async () => {
      const { folder: run } = smallDisk(2)
      const before = await writeCheckpoint(run, contentsAt(1))
      const error = await rejection('disk-full', () => writeCheckpoint(run, contentsAt(2, tooMuch())))
      expect(error.message).toMatch(
        /^saving checkpoint step-000002 in .*: expected 3\.0 MB of free space, got a full disk with [12]\.\d MB free; free some space and try again \(the checkpoints saved before are whole\)\.$/
      )
      expect(await readdir(join(run, 'checkpoints'))).toEqual(['step-000001'])
      expect([...(await readCheckpoint(before)).state].sort()).toEqual([...smallState(1)].sort())
    }
  )

  it.skipIf(!canMount)('while replacing a checkpoint: the old one stays (needs mount)', async () => {
    const { folder: run } = smallDisk(2)
    const folder = await writeCheckpoint(run, contentsAt(1))
    await rejection('disk-full', () => writeCheckpoint(run, contentsAt(1, tooMuch())))
    expect([...(await readCheckpoint(folder)).state].sort()).toEqual([...smallState(1)].sort())
    expect(await readdir(join(run, 'checkpoints'))).toEqual(['step-000001'])
  })

  it.skipIf(!canMount)('while making a run or saving samples: nothing half-written (needs mount)', async () => {
    const { folder } = smallDisk(1)
    const { folder: run } = await createRun(folder, runFacts())
    await rejection('disk-full', () => writeSample(run, 1, new Uint8Array(2_000_000)))
    expect(await readdir(join(run, 'samples'))).toEqual([])
    await writeFile(join(folder, 'filler'), new Uint8Array(2_000_000)).catch(() => undefined)
    await rejection('disk-full', () => createRun(folder, runFacts()))
    expect((await readdir(folder)).length).toBe(2)
  })
})

describe('a folder that can’t be written to', () => {
  it.skipIf(!canMount)('on a read-only disk: a sentence, and everything can still be read (needs mount)', async () => {
    const { folder: runs, makeReadOnly } = smallDisk(2)
    const { folder: run, file } = await createRun(runs, runFacts())
    const folder = await writeCheckpoint(run, contentsAt(1))
    makeReadOnly()
    const error = await rejection('disk-unwritable', () => writeCheckpoint(run, contentsAt(2)))
    expect(error.message).toContain('got a read-only disk; allow writing there or choose another folder')
    await rejection('disk-unwritable', () => createRun(runs, runFacts()))
    await rejection('disk-unwritable', () => replaceRunFile(run, file))
    await rejection('disk-unwritable', () => lockRun(run))
    await writeSampleRejected(run)
    expect((await readCheckpoint(folder)).manifest.step).toBe(1)
    expect(await expectAllWhole(run)).toEqual([1])
  })

  it.skipIf(process.platform === 'win32')('without the permission: a sentence, and nothing changed', async () => {
    const run = await temporaryFolder()
    await writeCheckpoint(run, contentsAt(1))
    await chmod(join(run, 'checkpoints'), 0o555)
    await becomeOrdinaryUser(run)
    const error = await rejection('disk-unwritable', () => writeCheckpoint(run, contentsAt(2)))
    expect(error.message).toContain('got no permission to write there')
    expect(await expectAllWhole(run)).toEqual([1])
  })
})

async function writeSampleRejected(run: string): Promise<void> {
  const error = await rejection('disk-unwritable', () => writeSample(run, 1, Uint8Array.of(1)))
  expect(error.message).toContain('saving the samples of step 1')
}

/** Permissions bind everybody but root, so the rest of the running test goes on as nobody. */
async function becomeOrdinaryUser(ownFolder: string): Promise<void> {
  const nobody = 65534
  if (process.geteuid?.() === 0) {
    await chown(ownFolder, nobody, nobody)
    process.seteuid?.(nobody)
    onTestFinished(() => process.seteuid?.(0))
  }
}

describe('any single operation on the disk that fails', () => {
  it('while saving leaves the earlier checkpoints whole, and no trace of the new one', async () => {
    const count = await countOfSaving()
    for (let failing = 0; failing < count; failing++) {
      const run = await temporaryFolder()
      await writeCheckpoint(run, contentsAt(1))
      let position = 0
      const disk = watchedDisk(() => {
        if (position++ === failing) {
          throw nodeError('ENOSPC')
        }
      })
      // The last operation syncs a folder in which the new checkpoint stands already.
      const stands = failing === count - 1
      await rejection('disk-full', () => writeCheckpoint(run, contentsAt(2), disk))
      expect(await expectAllWhole(run)).toEqual(stands ? [2, 1] : [1])
      expect((await readdir(join(run, 'checkpoints'))).length).toBe(stands ? 2 : 1)
    }
  })
})

const countOfSaving = async (): Promise<number> => {
  const run = await temporaryFolder()
  await writeCheckpoint(run, contentsAt(1))
  return (await operationsOf((disk) => writeCheckpoint(run, contentsAt(2), disk))).length
}

/** Runs `work` on a disk that does `alive` operations and then no more, as if the process had died there. */
async function dieAfter(
  alive: number,
  work: (disk: ReturnType<typeof watchedDisk>) => Promise<unknown>
): Promise<void> {
  let position = 0
  const disk = watchedDisk(() => {
    if (position++ >= alive) {
      throw new Error('dead')
    }
  })
  await work(disk).catch((error: unknown) => expect(String(error)).toBe('Error: dead'))
}

describe('a process that dies after any operation', () => {
  it('while replacing a checkpoint leaves the old one or the new one for every reader, and lockRun tidies up', async () => {
    const replace = (run: string) => (disk?: ReturnType<typeof watchedDisk>) =>
      writeCheckpoint(run, contentsAt(10, smallState(2)), disk)
    const oldWeights = smallState(1).get('generator/dense/kernel')?.data
    const newWeights = smallState(2).get('generator/dense/kernel')?.data
    const firstRun = await runAt10()
    const { length: count } = await operationsOf(replace(firstRun))
    const found: boolean[] = []
    for (let alive = 0; alive <= count; alive++) {
      const run = await runAt10()
      await dieAfter(alive, replace(run))
      expect(await expectAllWhole(run)).toEqual([10])
      const { state } = await readCheckpoint(join(run, 'checkpoints', 'step-000010'))
      const weights = state.get('generator/dense/kernel')?.data
      const isNew = weights?.[0] === newWeights?.[0]
      expect(weights).toEqual(isNew ? newWeights : oldWeights)
      found.push(isNew)
      const lock = await lockRun(run)
      expect(await readdir(join(run, 'checkpoints'))).toEqual(['step-000010'])
      const after = (await readCheckpoint(join(run, 'checkpoints', 'step-000010'))).state
      expect(after).toEqual(state)
      await lock.release()
    }
    expect([found[0], found[count]]).toEqual([false, true])
    expect(found).toEqual([...found].sort())
  })

  it('while removing old checkpoints leaves whole ones only', async () => {
    const firstRun = await runAt10()
    await writeCheckpoint(firstRun, contentsAt(20))
    const { length: count } = await operationsOf((disk) => applyRetention(firstRun, keeping(1), null, disk))
    expect(count).toBe(3)
    for (let alive = 0; alive <= count; alive++) {
      const run = await runAt10()
      await writeCheckpoint(run, contentsAt(20))
      await dieAfter(alive, (disk) => applyRetention(run, keeping(1), null, disk))
      expect(await expectAllWhole(run)).toEqual(alive === 0 ? [20, 10] : [20])
      await (await lockRun(run)).release()
      expect((await readdir(join(run, 'checkpoints'))).length).toBe(alive === 0 ? 2 : 1)
    }
  })
})

async function runAt10(): Promise<string> {
  const run = await temporaryFolder()
  await writeCheckpoint(run, contentsAt(10, smallState(1)))
  return run
}

describe('the order of writing', () => {
  it('syncs every file, then their folder, then renames, then syncs the parent', async () => {
    const run = await runAt10()
    const operations = await operationsOf((disk) => writeCheckpoint(run, contentsAt(11), disk))
    const kinds = operations.map(({ kind }) => kind)
    const oneFile = (writes: number) => ['createFile', ...Array(writes).fill('write'), 'sync', 'close']
    const files = operations.filter(({ kind }) => kind === 'createFile').map(({ path }) => path)
    const writesOf = (file: string) => operations.filter(({ kind, path }) => kind === 'write' && path === file).length
    expect(kinds).toEqual([
      'makeFolder',
      ...files.flatMap((file) => oneFile(writesOf(file))),
      'syncFolder',
      'rename',
      'syncFolder'
    ])
    const [unfinished, parent] = [operations[0]!.path, join(run, 'checkpoints')]
    const target = join(parent, 'step-000011')
    expect(operations.slice(-3).map(({ path }) => path)).toEqual([unfinished, `${unfinished} -> ${target}`, parent])
  })
})
