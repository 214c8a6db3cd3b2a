import { initialSettings } from '../../../src/shared/contract/app'
import type { DataSummary } from '../../../src/shared/contract/data'
import type { RunCard } from '../../../src/shared/contract/runs'
import type { Handlers } from '../../../src/shared/contract/studio'
import { KwiatError } from '../../../src/shared/errors'
import { createMockStudio, type MockStudio } from '../../support/mockStudio'
import { cholletConfiguration, flowersConfiguration } from './configurations'
import { examinationOf } from './model'

/** A run as the host tells of it: in the middle of its training, but for what is given. */
export const runCard = (changes: Partial<RunCard> = {}): RunCard => ({
  id: 'abc123',
  folder: '/runs/flowers-abc123',
  name: 'flowers',
  preset: 'flowers-32',
  data: 'flowers',
  state: 'paused',
  problem: null,
  queuePosition: null,
  step: 1240,
  totalSteps: 4000,
  newestSample: 1200,
  newestCheckpoint: 1000,
  created: '2026-05-05T10:00:00.000Z',
  updated: '2026-05-05T11:00:00.000Z',
  ...changes
})

export const dataSummary: DataSummary = {
  source: { kind: 'flowers', name: 'flowers' },
  options: { size: 32, channels: 3, crop: 'centre', classes: [] },
  count: 5000,
  classes: [
    { name: 'petals-4', count: 2000 },
    { name: 'petals-5', count: 3000 }
  ],
  channelMeans: [-0.447, -0.192, -0.503],
  channelDeviations: [0.5, 0.4, 0.5],
  smallestOriginal: { width: 32, height: 32 },
  largestOriginal: { width: 640, height: 480 },
  fingerprint: 'f'.repeat(64),
  otherFiles: 1,
  refusedCount: 1,
  refused: [{ name: 'broken.png', code: 'picture-unreadable', reason: 'it ends in the middle' }]
}

const png = Uint8Array.of(137, 80, 78, 71)

/** Answers of a host with these runs; `answers` stand before its own. */
export function createStudioMock(runs: readonly RunCard[], answers: Partial<Handlers> = {}): MockStudio {
  const find = (id: string): RunCard => {
    const run = runs.find((candidate) => candidate.id === id)
    if (run === undefined) {
      throw new KwiatError('run-not-found', { who: id, expected: 'a run', actual: 'none', todo: 'choose another' })
    }
    return run
  }
  return createMockStudio({
    'app/info': () => ({
      host: 'web',
      platform: 'linux',
      versions: { kwiat: '0.1.0' },
      folders: { pictures: '/pictures', runs: '/runs' },
      canChoose: true,
      canReveal: false,
      processors: 4,
      settings: initialSettings
    }),
    'app/startedWith': () => null,
    'storage/read': () => ({ folder: '/kwiat', freeBytes: 5e10, pictureBytes: 2e7 }),
    'app/changeSettings': (changes) => ({ ...initialSettings, ...changes }),
    'log/read': () => ({ lines: [] }),
    'presets/list': () => ({
      presets: [
        { name: 'chollet-32', isBuiltIn: true, configuration: cholletConfiguration },
        { name: 'flowers-32', isBuiltIn: true, configuration: flowersConfiguration }
      ]
    }),
    'model/examine': ({ configuration }) => examinationOf(configuration),
    'runs/list': () => ({ runs: [...runs] }),
    'runs/current': () => ({ current: null }),
    'runs/duplicate': ({ id }) => ({ name: find(id).name, configuration: flowersConfiguration, data: 'flowers' }),
    'runs/metrics': () => ({ steps: [], seconds: [], series: {} }),
    'runs/samples': () => ({ steps: [100, 200, 300] }),
    'runs/sample': () => ({ png }),
    'runs/rename': ({ id, name }) => ({ run: { ...find(id), name } }),
    'runs/delete': () => undefined,
    'runs/restore': ({ id }) => ({ run: find(id) }),
    'checkpoints/list': () => ({
      checkpoints: [],
      trash: [],
      origin: null,
      rule: { keepCheckpoints: 5, keepBest: 3, keepBestBy: 'swd', keepInterval: 0 },
      freeBytes: 5e10
    }),
    'explore/run': () => ({ steps: [1000], latentSize: 4, latentDistribution: 'normal', size: 2, channels: 3 }),
    'explore/pictures': ({ latents }) => {
      const count = latents.byteLength / 16
      return { pixels: new Uint8Array(12 * count), count, size: 2, channels: 3 }
    },
    'explore/favourites': () => ({ favourites: [] }),
    'data/import': () => ({ id: 'flowers-1', data: dataSummary }),
    'data/preview': () => ({ png, count: 64 }),
    ...answers
  })
}
