import { expect, it, onTestFinished } from 'vitest'
import { Exploration } from '../../../src/main/services/explore/exploration'
import { exploreHandlers } from '../../../src/main/services/explore/exploreHandlers'
import { RunLibrary } from '../../../src/main/services/runLibrary'
import { workshopContract } from '../../../src/main/workshop/contract'
import { createExploreHandlers } from '../../../src/main/workshop/exploreHandlers'
import { workshopHandlers } from '../../../src/main/workshop/handlers'
import { createClient } from '../../../src/shared/contract/client'
import { createDispatcher } from '../../../src/shared/contract/dispatcher'
import type { HostMessage } from '../../../src/shared/contract/messages'
import { toLatentBytes } from '../../../src/shared/latent/latentBytes'
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

/** A window's client over the real handlers, and a run with one checkpoint. */
async function connect() {
  const runsFolder = await temporaryFolder()
  const run = await savedRun(tinyRun(), runsFolder)
  const exploration = new Exploration()
  onTestFinished(() => exploration.close())
  const library = new RunLibrary(
    () => ({ folder: runsFolder, earlier: [], linked: [] }),
    () => undefined
  )
  const workshop = connectWorkshop(exploration)
  const { client } = connectInMemory(mockHandlers(exploreHandlers({ library, workshop })))
  return { client, run: run.file.id }
}

it('a window learns what can be explored, and gets pictures of its latents', async () => {
  const { client, run } = await connect()
  const { steps, latentSize } = await client.call('explore/run', { run })
  expect({ steps, latentSize }).toEqual({ steps: [6], latentSize: 3 })
  const model = { run, step: 6, weights: 'ema' as const }
  const latents = toLatentBytes(new Float32Array(2 * latentSize))
  const pictures = await client.call('explore/pictures', { model, latents })
  expect(pictures).toMatchObject({ count: 2, size: 16, channels: 1 })
  expect(pictures.pixels).toHaveLength(2 * 256)
})

it('a window that asks for what is not there gets an error that says so', async () => {
  const { client, run } = await connect()
  const latents = toLatentBytes(new Float32Array(3))
  const ask = (model: { run: string; step: number }) =>
    client.call('explore/pictures', { model: { ...model, weights: 'ema' }, latents })
  await rejection('checkpoint-not-found', () => ask({ run, step: 7 }))
  await rejection('run-not-found', () => ask({ run: 'abcdef', step: 6 }))
})
