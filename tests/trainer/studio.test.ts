import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { isAlive } from '../../src/main/checkpoints/processIdentity'
import { createRun } from '../../src/main/checkpoints/runFolder'
import { forkProcess } from '../../src/main/process/forkProcess'
import { AllowedPaths } from '../../src/main/services/allowedPaths'
import { openStudio } from '../../src/main/services/studio'
import { userFolders } from '../../src/main/services/userFolders'
import type { RunCard } from '../../src/shared/contract/runs'
import { toLatentBytes } from '../../src/shared/latent/latentBytes'
import { connectInMemory } from '../support/connectInMemory'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { tinyRun, writePictures } from '../train/support/sessions'

const trainerEntry = join('out', 'main', 'trainer.cjs')
const workshopEntry = join('out', 'main', 'workshop.cjs')

/** The studio over real trainer processes, and a client of it as a window has it. */
async function openWithClient() {
  const home = await temporaryFolder()
  vi.stubEnv('KWIAT_HOME', home)
  const data = await writePictures(join(home, 'photos'), 10)
  const studio = await openStudio({
    kind: 'web',
    folders: userFolders,
    spawnTrainer: forkProcess(trainerEntry),
    spawnWorkshop: forkProcess(workshopEntry),
    createAllowedPaths: () => new AllowedPaths([data], 'choose it')
  })
  onTestFinished(() => studio.close(0))
  const { client, tell } = connectInMemory(studio.handlers)
  studio.hub.subscribe(tell)
  return { studio, client, data }
}

type Opened = Awaited<ReturnType<typeof openWithClient>>

/** Waits until the run's card is as wanted; each change of it is an event. */
function cardWhen({ client }: Opened, id: string, isWanted: (card: RunCard) => boolean): Promise<RunCard> {
  return new Promise((resolve) => {
    const look = (card: RunCard) => {
      if (card.id === id && isWanted(card)) {
        resolve(card)
      }
    }
    client.on('run/changed', ({ run }) => look(run))
    void client.call('runs/list').then(({ runs }) => runs.forEach(look))
  })
}

const owner = z.object({ pid: z.int() })

/** The process that trains the run, by its lock. */
async function trainerPid(folder: string): Promise<number> {
  return owner.parse(JSON.parse(await readFile(join(folder, 'lock', 'owner.json'), 'utf8'))).pid
}

const configuration = tinyRun({
  schedule: { steps: 100_000 },
  output: { checkpointEvery: 20, sampleEvery: 20 }
})

test('a trainer that is killed is shown as crashed, and one request goes on from the last checkpoint; then pause, and quit', async () => {
  const opened = await openWithClient()
  const { studio, client, data } = opened
  const { run } = await client.call('runs/create', {
    name: 'Małe',
    configuration,
    data,
    engine: { id: 'cpu', threads: 1 }
  })
  const { folder } = await cardWhen(opened, run.id, ({ newestCheckpoint }) => (newestCheckpoint ?? 0) >= 20)
  expect(folder).toContain(run.id)
  const firstPid = await trainerPid(folder!)

  process.kill(firstPid, 'SIGKILL')
  const crashed = await cardWhen(opened, run.id, ({ state }) => state === 'crashed')
  expect(crashed.problem?.message).toMatch(/SIGKILL/)
  expect(crashed.step).toBe(crashed.newestCheckpoint)

  await client.call('runs/start', { id: run.id })
  const later = await cardWhen(opened, run.id, (card) => (card.newestCheckpoint ?? 0) >= crashed.step + 20)
  expect(later.state).toBe('running')
  expect(await trainerPid(folder!)).not.toBe(firstPid)
  const { current } = await client.call('runs/current')
  expect(current?.events).toContainEqual(expect.objectContaining({ event: 'prepared', fromStep: crashed.step }))

  await client.call('runs/pause', { id: run.id })
  const paused = await cardWhen(opened, run.id, ({ state }) => state === 'paused')
  const { steps, series } = await client.call('runs/metrics', { id: run.id, after: 0, maxPoints: 10_000 })
  expect(steps).toEqual(Array.from({ length: paused.step }, (_, index) => index + 1))
  expect(series['loss/d']?.mean).toHaveLength(paused.step)
  const samples = (await client.call('runs/samples', { id: run.id })).steps
  expect(samples.slice(0, 2)).toEqual([20, 40])
  const { png } = await client.call('runs/sample', { id: run.id, step: 20 })
  expect([...png.subarray(0, 4)]).toEqual([137, 80, 78, 71])

  await client.call('runs/start', { id: run.id })
  await cardWhen(opened, run.id, ({ state, step }) => state === 'running' && step > paused.step)
  const lastPid = await trainerPid(folder!)
  await studio.close(30_000)
  expect(isAlive(lastPid)).toBe(false)
  const closed = await cardWhen(opened, run.id, ({ state }) => state === 'paused')
  expect(closed.step).toBeGreaterThan(paused.step)
})

test('the model in training is explored as it is at that moment, while it trains on', async () => {
  const opened = await openWithClient()
  const { client, data } = opened
  const { run } = await client.call('runs/create', {
    name: 'live',
    configuration,
    data,
    engine: { id: 'cpu', threads: 1 }
  })
  const model = { run: run.id, step: 'training' as const, weights: 'ema' as const }
  const latents = toLatentBytes(Float32Array.of(1, -1, 0.5))
  await cardWhen(opened, run.id, ({ state, step }) => state === 'running' && step > 0)
  const first = await client.call('explore/snapshot', { run: run.id })
  const early = await client.call('explore/pictures', { model, latents })
  expect(early).toMatchObject({ count: 1, size: 16 })
  const { favourite } = await client.call('explore/addFavourite', { model, latent: latents, name: 'live' })
  expect(favourite).toMatchObject({ step: first.step })

  await cardWhen(opened, run.id, ({ step }) => step > first.step + 20)
  const second = await client.call('explore/snapshot', { run: run.id })
  expect(second.step).toBeGreaterThan(first.step)
  const later = await client.call('explore/pictures', { model, latents })
  expect(later.pixels).not.toEqual(early.pixels)

  await client.call('runs/stop', { id: run.id })
  await cardWhen(opened, run.id, ({ state }) => state === 'stopped')
  await rejection('run-not-training', () => client.call('explore/snapshot', { run: run.id }))
  expect(await client.call('explore/pictures', { model, latents })).toEqual(later)
})

test('what is imported can be looked at, with progress; a place that was not chosen can’t', async () => {
  const { client, data } = await openWithClient()
  const options = { size: 16, channels: 3 as const, crop: 'centre' as const, classes: [] }
  const told: unknown[] = []
  const imported = await client.call(
    'data/import',
    { path: data, ...options },
    { onProgress: (part) => told.push(part) }
  )
  expect(imported.data).toMatchObject({ count: 10, refusedCount: 0, options })
  expect(told.at(-1)).toEqual({ done: 10, total: 10, refused: 0, secondsLeft: 0 })
  const { png, count } = await client.call('data/preview', { id: imported.id, count: 64 })
  expect(count).toBe(10)
  expect(png.length).toBeGreaterThan(100)
  await expect(client.call('data/import', { path: '/etc', ...options })).rejects.toMatchObject({
    code: 'path-not-allowed'
  })
  await expect(client.call('data/choose', { kind: 'folder' })).rejects.toMatchObject({ code: 'host-unsuited' })
})

test('the pictures of a run that was made on the command line need not be chosen again', async () => {
  const { client, data } = await openWithClient()
  const elsewhere = await writePictures(join(dirname(data), 'elsewhere'), 3)
  const options = { path: elsewhere, size: 16, channels: 3 as const, crop: 'centre' as const, classes: [] }
  await expect(client.call('data/import', options)).rejects.toMatchObject({ code: 'path-not-allowed' })
  await createRun(userFolders().runs, {
    name: 'run',
    configuration,
    engine: 'cpu',
    versions: {},
    data: { source: elsewhere, fingerprint: 'f' }
  })
  expect((await client.call('data/import', options)).data.count).toBe(3)
})

test('presets and what they are made of, as numbers', async () => {
  const { client } = await openWithClient()
  const { presets } = await client.call('presets/list')
  const preset = presets.find(({ name }) => name === 'chollet-32')
  const examined = await client.call('model/examine', { configuration: preset!.configuration, language: 'en' })
  // As Keras' summary has them.
  expect([examined.generator.parameters, examined.discriminator.parameters]).toEqual([6_264_579, 790_913])
  expect(examined.problems.filter(({ severity }) => severity === 'error')).toEqual([])
})
