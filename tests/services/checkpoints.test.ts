import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { metricsPath, openRun, replaceRunFile, samplePath } from '../../src/main/checkpoints/runFolder'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { Checkpoints } from '../../src/main/services/checkpoints'
import { workshopContract } from '../../src/main/workshop/contract'
import { workshopHandlers } from '../../src/main/workshop/handlers'
import { createClient } from '../../src/shared/contract/client'
import { createDispatcher } from '../../src/shared/contract/dispatcher'
import type { HostMessage } from '../../src/shared/contract/messages'
import { rejection } from '../support/rejection'
import { everythingIn, flipByte, stateBytes } from '../train/support/runFolders'
import { newRequest, resumeRequest, runSession, tinyRun, workplace } from '../train/support/sessions'

/** The workshop's own handlers in this process. */
function workshopHere() {
  let tell: (message: HostMessage) => void = () => undefined
  const dispatcher = createDispatcher(workshopContract, workshopHandlers, (message) => tell(message))
  return createClient(workshopContract, {
    send: (message) => dispatcher.receive(message),
    listen: (onMessage) => {
      tell = onMessage
    }
  })
}

const configuration = tinyRun({ output: { checkpointEvery: 2, sampleEvery: 2, keepCheckpoints: 10 } })

/** A run of six iterations with checkpoints and sample grids at 2, 4 and 6, and what the studio does with them. */
async function trainedRun() {
  const place = await workplace()
  const { folder } = await runSession(newRequest(place, configuration), place)
  const { file } = await openRun(folder)
  const emit = vi.fn()
  const reveal = vi.fn()
  const checkpoints = new Checkpoints({
    getRun: async () => openRun(folder),
    changeOutput: async (_, changes) => {
      const {
        file: { configuration: before, ...rest }
      } = await openRun(folder)
      await replaceRunFile(folder, { ...rest, configuration: { ...before, output: { ...before.output, ...changes } } })
    },
    emit,
    workshop: workshopHere(),
    runsFolder: () => place.runsFolder,
    reveal
  })
  return { place, folder, id: file.id, checkpoints, emit, reveal }
}

const ports = { signal: new AbortController().signal, onProgress: () => undefined }

const stepsOf = async ({ checkpoints, id }: Awaited<ReturnType<typeof trainedRun>>) =>
  (await checkpoints.list(id)).checkpoints.map(({ step }) => step)

test('the list tells steps, sizes, the newest, why each is kept, and where nothing is known says so', async () => {
  const { checkpoints, id } = await trainedRun()
  const { checkpoints: cards, trash, origin, freeBytes } = await checkpoints.list(id)
  expect(
    cards.map(({ step, kimg, isNewest, keptBy, status, verified, pinned }) => ({
      step,
      kimg,
      isNewest,
      keptBy,
      status,
      verified,
      pinned
    }))
  ).toEqual(
    [6, 4, 2].map((step) => ({
      step,
      kimg: (step * 4) / 1000,
      isNewest: step === 6,
      keptBy: ['newest'],
      status: 'complete',
      verified: null,
      pinned: false
    }))
  )
  expect(cards[0]!.bytes).toBeGreaterThan(10_000)
  expect({ trash, origin }).toEqual({ trash: [], origin: null })
  expect(freeBytes).toBeGreaterThan(0)
})

test('a pin stays, is an event, and protects from deletion; letting go of it is one too', async () => {
  const opened = await trainedRun()
  const { checkpoints, id, emit } = opened
  expect(await checkpoints.pin({ id, step: 4, pinned: true })).toMatchObject({
    pinned: true,
    keptBy: ['newest', 'pinned']
  })
  expect(emit).toHaveBeenCalledWith('checkpoints/changed', { id })
  await rejection('usage', () => checkpoints.delete({ id, step: 4 }))
  expect(await checkpoints.pin({ id, step: 4, pinned: false })).toMatchObject({ pinned: false })
  await checkpoints.delete({ id, step: 4 })
  expect(await stepsOf(opened)).toEqual([6, 2])
  await rejection('checkpoint-not-found', () => checkpoints.pin({ id, step: 4, pinned: true }))
})

test('verifying reads every byte, notes when, and finds one that was flipped', async () => {
  const { checkpoints, id, folder } = await trainedRun()
  const told: number[] = []
  const onProgress = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }) =>
    void told.push(doneBytes / totalBytes)
  const whole = await checkpoints.verify({ id, step: 4 }, { ...ports, onProgress })
  expect(Math.abs(Date.now() - Date.parse(whole.verified ?? ''))).toBeLessThan(60_000)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.at(-1)).toBe(1)
  const path = join(folder, 'checkpoints', 'step-000004', 'ema.safetensors')
  await writeFile(path, flipByte(await readFile(path)))
  expect(await checkpoints.verify({ id, step: 4 }, ports)).toMatchObject({
    status: 'broken',
    verified: null,
    problem: { code: 'checkpoint-broken', message: expect.stringContaining('ema.safetensors') }
  })
  expect((await checkpoints.card(id, 4)).verified).toBeNull()
})

test('the picture is the sample grid of the step; where that is gone, the very same one is made from the averages', async () => {
  const { checkpoints, id, folder } = await trainedRun()
  const grid = await readFile(samplePath(folder, 4))
  expect(Buffer.from(await checkpoints.picture({ id, step: 4 }, ports))).toEqual(grid)
  await rm(samplePath(folder, 4))
  expect(Buffer.from(await checkpoints.picture({ id, step: 4 }, ports))).toEqual(grid)
  expect(await readFile(join(folder, 'checkpoints', 'step-000004', 'grid.png'))).toEqual(grid)
})

test('what is deleted can be taken back to the last byte, unless something else stands there', async () => {
  const opened = await trainedRun()
  const { checkpoints, id, folder } = opened
  const before = await stateBytes(folder, 4)
  const { name, steps, bytes } = await checkpoints.delete({ id, step: 4 })
  expect({ steps, isSized: bytes > 10_000 }).toEqual({ steps: [4], isSized: true })
  expect((await checkpoints.list(id)).trash.map((entry) => entry.name)).toEqual([name])
  expect(await checkpoints.restore({ id, trash: name })).toEqual([4])
  expect(await stepsOf(opened)).toEqual([6, 4, 2])
  expect(await stateBytes(folder, 4)).toEqual(before)
  await rejection('checkpoint-not-found', () => checkpoints.restore({ id, trash: name }))
})

test('the newest checkpoint of a run that trains is not deleted, older ones are; nor is anything restored meanwhile', async () => {
  const opened = await trainedRun()
  const { checkpoints, id, folder } = opened
  const lock = await lockRun(folder)
  await rejection('run-locked', () => checkpoints.delete({ id, step: 6 }))
  const { name } = await checkpoints.delete({ id, step: 2 })
  await rejection('run-locked', () => checkpoints.restore({ id, trash: name }))
  await rejection('run-locked', () => checkpoints.setBack(id, 4, ports))
  await lock.release()
  expect(await stepsOf(opened)).toEqual([6, 4])
})

test('emptying the trash frees its bytes', async () => {
  const { checkpoints, id, folder } = await trainedRun()
  const { bytes } = await checkpoints.delete({ id, step: 2 })
  expect(await checkpoints.emptyTrash(id)).toBe(bytes)
  expect(await readdir(join(folder, '.trash'))).toEqual([])
})

test('setting a run back moves what came after to the trash, tells before what that is, and can be undone', async () => {
  const { checkpoints, id, folder } = await trainedRun()
  const before = await everythingIn(folder)
  const metrics = await readFile(metricsPath(folder))
  expect(await checkpoints.after({ id, step: 2 })).toMatchObject({ steps: [6, 4], samples: 2, lastStep: 6 })
  const entry = await checkpoints.setBack(id, 2, ports)
  expect(entry?.steps).toEqual([6, 4])
  expect(await checkpoints.after({ id, step: 2 })).toMatchObject({ steps: [], samples: 0, bytes: 0 })
  expect(await checkpoints.restore({ id, trash: entry!.name })).toEqual([6, 4])
  expect((await everythingIn(folder)).filter((path) => path !== '.trash/')).toEqual(before)
  expect(await readFile(metricsPath(folder))).toEqual(metrics)
  expect(await checkpoints.setBack(id, 6, ports)).toBeNull()
})

test('a run that was set back trains again to the same weights, and what it abandoned stays in the trash', async () => {
  const { checkpoints, id, folder, place } = await trainedRun()
  const first = await stateBytes(folder, 6)
  const entry = await checkpoints.setBack(id, 2, ports)
  await runSession(resumeRequest(folder), place)
  expect(await stateBytes(folder, 6)).toEqual(first)
  const error = await rejection('run-mismatch', () => checkpoints.restore({ id, trash: entry!.name }))
  expect(error.message).toContain('a newer checkpoint of the same step')
  expect((await checkpoints.list(id)).trash.map(({ steps }) => steps)).toEqual([[6, 4]])
})

test('a run is not set back to a broken checkpoint, and nothing is moved then', async () => {
  const { checkpoints, id, folder } = await trainedRun()
  const path = join(folder, 'checkpoints', 'step-000002', 'generator.safetensors')
  await writeFile(path, flipByte(await readFile(path)))
  await rejection('checkpoint-broken', () => checkpoints.setBack(id, 2, ports))
  expect((await readdir(join(folder, 'checkpoints'))).sort()).toEqual(['step-000002', 'step-000004', 'step-000006'])
})

test('the folder is shown where the host can, and otherwise named', async () => {
  const { checkpoints, id, folder, reveal } = await trainedRun()
  await checkpoints.reveal({ id, step: 4 })
  expect(reveal).toHaveBeenCalledWith(join(folder, 'checkpoints', 'step-000004'))
})

test('another rule is what the list tells of from then on, and is refused while something trains', async () => {
  const { checkpoints, id, folder } = await trainedRun()
  const rule = { keepCheckpoints: 1, keepBest: 1, keepBestBy: 'msssim' as const, keepInterval: 4 }
  const lock = await lockRun(folder)
  await rejection('run-locked', () => checkpoints.setRule({ id, rule }))
  await lock.release()
  await checkpoints.setRule({ id, rule })
  const listed = await checkpoints.list(id)
  expect(listed.rule).toEqual(rule)
  expect(listed.checkpoints.map(({ step, keptBy }) => [step, keptBy])).toEqual([
    [6, ['newest']],
    [4, ['interval']],
    [2, []]
  ])
})
