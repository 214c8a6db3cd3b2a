import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'
import { Exploration } from '../../../src/main/services/explore/exploration'
import { exploreHandlers } from '../../../src/main/services/explore/exploreHandlers'
import { Keepsakes } from '../../../src/main/services/explore/keepsakes'
import { RunSnapshots, type TakeSnapshot } from '../../../src/main/services/explore/runSnapshots'
import { RunLibrary } from '../../../src/main/services/runLibrary'
import { workshopContract } from '../../../src/main/workshop/contract'
import { createExploreHandlers } from '../../../src/main/workshop/exploreHandlers'
import { workshopHandlers } from '../../../src/main/workshop/handlers'
import { createClient } from '../../../src/shared/contract/client'
import { createDispatcher } from '../../../src/shared/contract/dispatcher'
import type { HostMessage } from '../../../src/shared/contract/messages'
import { normOf } from '../../../src/shared/latent/interpolate'
import { fromLatentBytes, toLatentBytes } from '../../../src/shared/latent/latentBytes'
import { connectInMemory } from '../../support/connectInMemory'
import { mockHandlers } from '../../support/mockHandlers'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { tinyRun } from '../../train/support/sessions'
import { savedRun } from './savedRun'

/** A workshop without a process of its own. */
function connectWorkshop(exploration: Exploration) {
  let tell: (message: HostMessage) => void = () => undefined
  const handlers = { ...workshopHandlers, ...createExploreHandlers(exploration) }
  const dispatcher = createDispatcher(workshopContract, handlers, (message) => tell(message))
  return createClient(workshopContract, {
    send: (message) => dispatcher.receive(message),
    listen: (onMessage) => {
      tell = onMessage
    }
  })
}

const notTraining: TakeSnapshot = () => Promise.reject(new Error('nothing trains'))

/** A window's client over the real handlers, and a run with one checkpoint. */
async function connect(folder?: string, takeSnapshot: TakeSnapshot = notTraining) {
  const home = folder ?? (await temporaryFolder())
  const exploration = new Exploration()
  onTestFinished(() => exploration.close())
  const library = new RunLibrary(
    () => ({ folder: home, earlier: [], linked: [] }),
    () => undefined
  )
  const [known] = (await library.list()).values()
  const run = known ?? (await savedRun(tinyRun(), home))
  const keepsakes = await Keepsakes.open(join(home, 'favourites.json'), (aside) => {
    throw new Error(`put aside: ${aside}`)
  })
  const workshop = connectWorkshop(exploration)
  const snapshots = new RunSnapshots(takeSnapshot)
  onTestFinished(() => snapshots.close())
  const { client } = connectInMemory(mockHandlers(exploreHandlers({ library, workshop, keepsakes, snapshots })))
  return { client, home, run: run.file.id, checkpoint: join(run.folder, 'checkpoints', 'step-000006') }
}

const modelOf = (run: string) => ({ run, step: 6, weights: 'ema' as const })
const latent = toLatentBytes(Float32Array.of(0.5, -1, 2))

it('a window learns what can be explored, and gets pictures of its latents', async () => {
  const { client, run } = await connect()
  expect(await client.call('explore/run', { run })).toEqual({
    steps: [6],
    latentSize: 3,
    latentDistribution: 'normal',
    size: 16,
    channels: 1
  })
  const latents = toLatentBytes(new Float32Array(2 * 3))
  const pictures = await client.call('explore/pictures', { model: modelOf(run), latents })
  expect(pictures).toMatchObject({ count: 2, size: 16, channels: 1 })
  expect(pictures.pixels).toHaveLength(2 * 256)
})

it('a window that asks for what is not there gets an error that says so', async () => {
  const { client, run } = await connect()
  const ask = (model: { run: string; step: number }) =>
    client.call('explore/pictures', { model: { ...model, weights: 'ema' }, latents: latent })
  await rejection('checkpoint-not-found', () => ask({ run, step: 7 }))
  await rejection('run-not-found', () => ask({ run: 'abcdef', step: 6 }))
  const wrong = { model: modelOf(run), latents: toLatentBytes(Float32Array.of(1, Number.NaN, 2)) }
  await rejection('latents-invalid', () => client.call('explore/pictures', wrong))
  await rejection('favourite-not-found', () => client.call('explore/renameFavourite', { id: '0'.repeat(8), name: 'x' }))
})

it('a window sees a projection converge', async () => {
  const { client, run } = await connect()
  const model = modelOf(run)
  const { pixels } = await client.call('explore/pictures', { model, latents: latent })
  const steps: number[] = []
  const found = await client.call(
    'explore/project',
    { model, target: pixels, starts: 2, steps: 60 },
    { onProgress: ({ step }) => steps.push(step) }
  )
  expect(steps[0]).toBe(1)
  expect(found.psnr === null || found.psnr > 20).toBe(true)
  expect(found.latent).toHaveLength(12)
})

it.each(['first-layer', 'features'] as const)('a window gets directions that are unit vectors (%s)', async (method) => {
  const { client, run } = await connect()
  const { vectors, strengths } = await client.call('explore/directions', { model: modelOf(run), method })
  const values = fromLatentBytes(vectors, 3)
  expect(strengths).toHaveLength(3)
  for (let i = 0; i < 3; i++) {
    expect(normOf(values.slice(3 * i, 3 * i + 3))).toBeCloseTo(1, 5)
  }
  expect([...strengths].sort((a, b) => b - a)).toEqual(strengths)
})

it('favourites survive a restart of the studio, and the end of their checkpoint and of their run', async () => {
  const { client, run, home, checkpoint } = await connect()
  const { favourite } = await client.call('explore/addFavourite', { model: modelOf(run), latent, name: ' Róża ' })
  expect(favourite).toMatchObject({ name: 'Róża', run, runName: 'saved', step: 6, weights: 'ema', isGone: false })
  const { pixels } = await client.call('explore/pictures', { model: modelOf(run), latents: latent })
  const kept = await sharp(favourite.png).toColourspace('b-w').raw().toBuffer()
  expect([...kept]).toEqual([...pixels])

  await rm(checkpoint, { recursive: true })
  const later = (await connect(home)).client
  expect(await later.call('explore/favourites')).toEqual({ favourites: [{ ...favourite, isGone: true }] })
  await later.call('explore/renameFavourite', { id: favourite.id, name: 'Mak' })
  const [renamed] = (await (await connect(home)).client.call('explore/favourites')).favourites
  expect(renamed).toEqual({ ...favourite, name: 'Mak', isGone: true })
  await later.call('explore/removeFavourite', { id: favourite.id })
  expect(await (await connect(home)).client.call('explore/favourites')).toEqual({ favourites: [] })
})

it('favourites that were removed are taken back to their places', async () => {
  const { client, run, home } = await connect()
  const add = (name: string) => client.call('explore/addFavourite', { model: modelOf(run), latent, name })
  const { favourite } = await add('first')
  await add('second')
  const { favourites } = await client.call('explore/favourites')
  await client.call('explore/removeFavourite', { id: favourite.id })
  await client.call('explore/restoreFavourite', { id: favourite.id })
  expect((await client.call('explore/favourites')).favourites).toEqual(favourites)
  expect((await (await connect(home)).client.call('explore/favourites')).favourites).toEqual(favourites)
  await rejection('favourite-not-found', () => client.call('explore/restoreFavourite', { id: favourite.id }))
})

it('directions that were saved are there after a restart', async () => {
  const { client, run, home } = await connect()
  const { direction } = await client.call('explore/saveDirection', { run, vector: latent, name: 'redder' })
  expect(direction).toMatchObject({ name: 'redder', run, vector: latent })
  await client.call('explore/renameDirection', { id: direction.id, name: 'bluer' })
  const later = (await connect(home)).client
  expect(await later.call('explore/savedDirections')).toEqual({ directions: [{ ...direction, name: 'bluer' }] })
  await later.call('explore/removeDirection', { id: direction.id })
  expect(await later.call('explore/savedDirections')).toEqual({ directions: [] })
  await later.call('explore/restoreDirection', { id: direction.id })
  expect((await later.call('explore/savedDirections')).directions).toHaveLength(1)
  await rejection('latents-invalid', () =>
    client.call('explore/saveDirection', { run, vector: latent.slice(4), name: 'x' })
  )
})

it.each(['json', 'npy'] as const)('latents that were exported as %s are read again', async (kind) => {
  const { client, run } = await connect()
  const latents = toLatentBytes(Float32Array.of(1, 2, 3, 4, 5, 6.5))
  const { file } = await client.call('explore/export', { model: modelOf(run), latents, as: { kind } })
  expect(await client.call('explore/readLatents', { run, name: 'mine', file })).toEqual({ latents, count: 2 })
  await rejection('latents-invalid', () =>
    client.call('explore/readLatents', { run, name: 'mine', file: file.slice(1) })
  )
})

it.each([
  { as: { kind: 'picture' as const }, expected: { format: 'png', width: 16 } },
  { as: { kind: 'sheet' as const }, expected: { format: 'png', width: 2 * 66 + 2 } },
  { as: { kind: 'gif' as const, framesPerSecond: 20 }, expected: { format: 'gif', pages: 2, delay: [50, 50] } }
])('pictures are exported as $as.kind, which another program can open', async ({ as, expected }) => {
  const { client, run } = await connect()
  const latents = toLatentBytes(Float32Array.of(1, 2, 3, 4, 5, 6))
  const { file } = await client.call('explore/export', { model: modelOf(run), latents, as })
  expect(await sharp(file, { animated: true }).metadata()).toMatchObject(expected)
})
