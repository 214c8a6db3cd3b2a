import { writeFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { setPinned } from '../../src/main/checkpoints/checkpointMarks'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { verifyCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { applyRetention } from '../../src/main/checkpoints/retention'
import { type CheckpointContents, writeCheckpoint } from '../../src/main/checkpoints/writeCheckpoint'
import { folderBytes } from '../../src/main/files/folderBytes'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { nodeError, watchedDisk } from '../support/watchedDisk'
import { contentsAt, keeping } from './support/states'

async function runWithSteps(...steps: number[]): Promise<string> {
  const run = await temporaryFolder()
  for (const step of steps) {
    await writeCheckpoint(run, contentsAt(step))
  }
  return run
}

const stepsOf = async (run: string): Promise<number[]> => (await listCheckpoints(run)).map(({ step }) => step)

/** Changes one byte of a checkpoint's weights, which no listing sees. */
async function damage(run: string, step: string): Promise<void> {
  const path = join(run, 'checkpoints', step, 'generator.safetensors')
  const bytes = await readFile(path)
  bytes[bytes.length - 1]! ^= 1
  await writeFile(path, bytes)
}

/** What a trainer would save at a step where something was measured. */
function withScores(step: number, scores: Readonly<Record<string, number>>): CheckpointContents {
  const contents = contentsAt(step)
  return { ...contents, metrics: { ...contents.metrics!, ...scores } }
}

describe('applyRetention', () => {
  it('keeps the newest and removes the others without a trace', async () => {
    const run = await runWithSteps(1, 2, 3, 4, 5)
    const whole = (await listCheckpoints(run))[0]!.folder
    const bytes = await folderBytes(whole)
    expect(await applyRetention(run, keeping(2))).toEqual({ steps: [3, 2, 1], freedBytes: 3 * bytes })
    expect((await readdir(join(run, 'checkpoints'))).sort()).toEqual(['step-000004', 'step-000005'])
    expect(await applyRetention(run, keeping(2))).toEqual({ steps: [], freedBytes: 0 })
  })

  it('never removes the newest, whatever it is told', async () => {
    const run = await runWithSteps(1, 2)
    await applyRetention(run, keeping(0))
    expect(await stepsOf(run)).toEqual([2])
    await applyRetention(run, keeping(-3))
    expect(await stepsOf(run)).toEqual([2])
  })

  it('counts from the newest that verifies, and leaves damaged ones where they are', async () => {
    const run = await runWithSteps(1, 2, 3, 4)
    await damage(run, 'step-000004')
    await applyRetention(run, keeping(1))
    expect(await stepsOf(run)).toEqual([4, 3])
    expect((await verifyCheckpoint(join(run, 'checkpoints', 'step-000003'))).whole).toBe(true)
  })

  it('removes nothing when none verifies', async () => {
    const run = await runWithSteps(1, 2)
    await damage(run, 'step-000001')
    await damage(run, 'step-000002')
    expect(await applyRetention(run, keeping(1))).toMatchObject({ steps: [] })
    expect(await stepsOf(run)).toEqual([2, 1])
  })

  it('keeps the one that was just written, though an abandoned future has higher steps', async () => {
    const run = await runWithSteps(100, 200, 300, 400)
    await writeCheckpoint(run, contentsAt(150))
    await applyRetention(run, keeping(2), 150)
    expect(await stepsOf(run)).toEqual([400, 300, 150])
  })

  it('keeps the best by the score of its choice, what is pinned, and each one at the interval', async () => {
    const run = await temporaryFolder()
    const swd = [9, 5, 7, 8, 6, 8]
    for (const [index, value] of swd.entries()) {
      await writeCheckpoint(run, withScores(10 * (index + 1), { 'score/swd': value }))
    }
    await setPinned(join(run, 'checkpoints', 'step-000010'), true)
    await applyRetention(run, { ...keeping(1), keepBest: 2, keepInterval: 40 })
    expect(await stepsOf(run)).toEqual([60, 50, 40, 20, 10])
    await setPinned(join(run, 'checkpoints', 'step-000010'), false)
    await applyRetention(run, keeping(1))
    expect(await stepsOf(run)).toEqual([60, 20])
  })

  it('takes a score for the checkpoint’s own only when it was measured at its step', async () => {
    const run = await temporaryFolder()
    const older = withScores(10, { 'score/swd': 1 })
    await writeCheckpoint(run, { ...older, step: 15 })
    await writeCheckpoint(run, withScores(20, { 'score/swd': 5 }))
    await writeCheckpoint(run, withScores(30, {}))
    await applyRetention(run, keeping(1))
    expect(await stepsOf(run)).toEqual([30, 20])
  })

  it('gives back a checkpoint that is pinned in the moment of its removal', async () => {
    const run = await runWithSteps(1, 2)
    const pinned = join(run, 'checkpoints', 'step-000001')
    const disk = watchedDisk(({ kind, path }) => {
      if (kind === 'rename' && path.startsWith(`${pinned} `)) {
        writeFileSync(join(pinned, 'pinned'), '')
      }
    })
    expect(await applyRetention(run, keeping(1), null, disk)).toEqual({ steps: [], freedBytes: 0 })
    expect(await stepsOf(run)).toEqual([2, 1])
    expect((await verifyCheckpoint(pinned)).whole).toBe(true)
  })

  it('knows the newest by its step, though the clock was set back before it was saved', async () => {
    const run = await runWithSteps(1, 2, 3)
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01T00:00:00Z') })
    onTestFinished(() => void vi.useRealTimers())
    await writeCheckpoint(run, contentsAt(4))
    await applyRetention(run, keeping(2), 4)
    expect(await stepsOf(run)).toEqual([4, 3])
  })

  it('says so when the disk refuses, and what is left is whole', async () => {
    const run = await runWithSteps(1, 2, 3)
    const disk = watchedDisk(({ kind }) => {
      if (kind === 'remove') {
        throw nodeError('EACCES')
      }
    })
    const error = await rejection('disk-unwritable', () => applyRetention(run, keeping(1), null, disk))
    expect(error.message).toContain('removing old checkpoints')
    for (const { folder } of await listCheckpoints(run)) {
      expect((await verifyCheckpoint(folder)).whole).toBe(true)
    }
  })
})
