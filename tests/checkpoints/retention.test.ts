import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { verifyCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { applyRetention } from '../../src/main/checkpoints/retention'
import { writeCheckpoint } from '../../src/main/checkpoints/writeCheckpoint'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { nodeError, watchedDisk } from '../support/watchedDisk'
import { contentsAt } from './support/states'

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

describe('applyRetention', () => {
  it('keeps the newest and removes the others without a trace', async () => {
    const run = await runWithSteps(1, 2, 3, 4, 5)
    const removed = await applyRetention(run, 2)
    expect(removed.map(({ step }) => step)).toEqual([3, 2, 1])
    expect((await readdir(join(run, 'checkpoints'))).sort()).toEqual(['step-000004', 'step-000005'])
    expect(await applyRetention(run, 2)).toEqual([])
  })

  it('never removes the newest, whatever it is told', async () => {
    const run = await runWithSteps(1, 2)
    await applyRetention(run, 0)
    expect(await stepsOf(run)).toEqual([2])
    await applyRetention(run, -3)
    expect(await stepsOf(run)).toEqual([2])
  })

  it('counts from the newest that verifies, and leaves damaged ones where they are', async () => {
    const run = await runWithSteps(1, 2, 3, 4)
    await damage(run, 'step-000004')
    await applyRetention(run, 1)
    expect(await stepsOf(run)).toEqual([4, 3])
    expect((await verifyCheckpoint(join(run, 'checkpoints', 'step-000003'))).whole).toBe(true)
  })

  it('removes nothing when none verifies', async () => {
    const run = await runWithSteps(1, 2)
    await damage(run, 'step-000001')
    await damage(run, 'step-000002')
    expect(await applyRetention(run, 1)).toEqual([])
    expect(await stepsOf(run)).toEqual([2, 1])
  })

  it('keeps the one that was just written, though an abandoned future has higher steps', async () => {
    const run = await runWithSteps(100, 200, 300, 400)
    await writeCheckpoint(run, contentsAt(150))
    await applyRetention(run, 2)
    expect(await stepsOf(run)).toEqual([400, 300, 150])
  })

  it('says so when the disk refuses, and what is left is whole', async () => {
    const run = await runWithSteps(1, 2, 3)
    const disk = watchedDisk(({ kind }) => {
      if (kind === 'remove') {
        throw nodeError('EACCES')
      }
    })
    const error = await rejection('disk-unwritable', () => applyRetention(run, 1, disk))
    expect(error.message).toContain('removing old checkpoints')
    for (const { folder } of await listCheckpoints(run)) {
      expect((await verifyCheckpoint(folder)).whole).toBe(true)
    }
  })
})
