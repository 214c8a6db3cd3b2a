import { renameSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { readCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { exists } from '../../src/main/files/exists'
import { architectureSchema } from '../../src/shared/architecture/architecture'
import { Cancelled, KwiatError } from '../../src/shared/errors'
import { tinyArchitecture } from '../model/tinyArchitecture'
import { rejection } from '../support/rejection'
import { canMount, smallDisk } from '../support/smallDisk'
import { everythingIn, metricSteps, wholeCheckpoints } from './support/runFolders'
import { eventsOf, newRequest, outline, runSession, tinyRun, workplace } from './support/sessions'

/** Steps so large that weights leave the range of numbers within a few iterations. */
const divergent = { kind: 'sgd', learningRate: 10 } as const

describe('a session', () => {
  it('tells in the promised order what it does, each event as the contract has it', async () => {
    const place = await workplace()
    const output = { logEvery: 2, sampleEvery: 3, checkpointEvery: 4 }
    const { events, folder } = await runSession(newRequest(place, tinyRun({ output })), place)
    const beginning = events.findIndex(({ event }) => event !== 'importing')
    expect(beginning).toBeGreaterThan(0)
    expect(eventsOf(events, 'importing').at(-1)).toEqual({ event: 'importing', done: 10, total: 10, refused: 0 })
    expect(outline(events.slice(beginning))).toEqual([
      'prepared',
      'step 2',
      'sample 3',
      'step 4',
      'checkpoint 4',
      'step 6',
      'sample 6',
      'checkpoint 6',
      'finished 6'
    ])
    expect(events[beginning]).toMatchObject({ run: folder, pictures: 10, fromStep: 0, toStep: 6, notices: [] })
    expect(events.at(-1)).toEqual({ event: 'finished', step: 6, run: folder, reason: 'done' })
  })

  it('counts thousand real pictures, and the time that is left', async () => {
    const place = await workplace()
    const schedule = { discriminatorSteps: 2 }
    const { events } = await runSession(newRequest(place, tinyRun({ schedule })), place)
    const steps = eventsOf(events, 'step')
    // 4 pictures in each of 2 updates an iteration
    expect(steps.map(({ kimg }) => kimg)).toEqual([0.008, 0.016, 0.024, 0.032, 0.04, 0.048])
    for (const { step, secondsPerStep, secondsLeft } of steps) {
      expect(secondsLeft).toBeCloseTo((6 - step) * secondsPerStep!, 9)
    }
  })

  it('leaves a run folder whose files are all as they are described', async () => {
    const place = await workplace()
    const configuration = tinyRun()
    const { folder } = await runSession(newRequest(place, configuration), place)
    expect(await everythingIn(folder)).toEqual([
      'checkpoints/',
      'checkpoints/step-000006/',
      'checkpoints/step-000006/discriminator.safetensors',
      'checkpoints/step-000006/ema.safetensors',
      'checkpoints/step-000006/generator.safetensors',
      'checkpoints/step-000006/manifest.json',
      'checkpoints/step-000006/optimizer.safetensors',
      'metrics.jsonl',
      'run.json',
      'samples/',
      'samples/step-000006.png'
    ])
    expect(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'))).toMatchObject({
      name: 'test',
      engine: 'cpu',
      configuration,
      data: { source: place.data, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) }
    })
    expect(await metricSteps(folder)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await wholeCheckpoints(folder)).toEqual([6])
  })

  it.each([
    { channels: 1 as const, space: 'b-w' },
    { channels: 3 as const, space: 'srgb' }
  ])('shows samples of $channels channels as a sheet that other programs open', async ({ channels, space }) => {
    const place = await workplace()
    const { generator, ...rest } = tinyArchitecture()
    const last = { ...generator.at(-1)!, filters: channels }
    const architecture = architectureSchema.parse({ ...rest, channels, generator: [...generator.slice(0, -1), last] })
    const { folder } = await runSession(newRequest(place, tinyRun({ architecture })), place)
    // 5 pictures of 16 pixels, four times as large: 3 columns and 2 rows of 64 + 2, and a border of 2.
    expect(await sharp(join(folder, 'samples', 'step-000006.png')).metadata()).toMatchObject({
      format: 'png',
      width: 200,
      height: 134,
      channels,
      space
    })
  })

  it('keeps the newest checkpoints only', async () => {
    const place = await workplace()
    const output = { checkpointEvery: 1, keepCheckpoints: 2 }
    const { events, folder } = await runSession(newRequest(place, tinyRun({ output })), place)
    expect(eventsOf(events, 'checkpoint').map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await wholeCheckpoints(folder)).toEqual([6, 5])
    expect((await readdir(join(folder, 'checkpoints'))).sort()).toEqual(['step-000005', 'step-000006'])
  })

  it('gives the same run for the same seed, and another one for another seed', async () => {
    const place = await workplace()
    const lossesOf = async (seed: number) => {
      const { events } = await runSession(newRequest(place, tinyRun({ schedule: { seed } })), place)
      return eventsOf(events, 'step').map((event) => [event['loss/d'], event['loss/g']])
    }
    const losses = await lossesOf(1)
    expect(await lossesOf(1)).toEqual(losses)
    expect(await lossesOf(2)).not.toEqual(losses)
  })

  it('imports a set once', async () => {
    const place = await workplace()
    await runSession(newRequest(place), place)
    const { events } = await runSession(newRequest(place), place)
    expect(events[0]).toMatchObject({ event: 'prepared' })
  })

  it('tells of pictures that could not be used, and trains on the others', async () => {
    const place = await workplace()
    await writeFile(join(place.data, 'broken.jpg'), 'no picture')
    const { events } = await runSession(newRequest(place), place)
    const [prepared] = eventsOf(events, 'prepared')
    expect(prepared).toMatchObject({ pictures: 10 })
    expect(prepared!.notices).toHaveLength(1)
    expect(prepared!.notices[0]).toContain('broken.jpg')
  })
})

describe('a session that is stopped', () => {
  it.each(['cpu', 'eager'] as const)('saves and shows where it stands (engine %s)', async (id) => {
    const place = await workplace()
    const schedule = { steps: 100_000 }
    const { events, folder } = await runSession(
      newRequest(place, tinyRun({ schedule }), { id }),
      place,
      (event, stop) => {
        // As the trainer process is told: from outside, between two turns of the event loop.
        if (event.event === 'step' && event.step === 3) {
          setImmediate(() => stop.abort())
        }
      }
    )
    const { step, reason } = eventsOf(events, 'finished')[0]!
    expect({ reason, isSoon: step >= 3 && step <= 5 }).toEqual({ reason: 'stopped', isSoon: true })
    expect(outline(events.slice(-3))).toEqual([`checkpoint ${step}`, `sample ${step}`, `finished ${step}`])
    expect(await wholeCheckpoints(folder)).toEqual([step])
    expect(await metricSteps(folder)).toEqual(Array.from({ length: step }, (_, i) => i + 1))
    expect(await exists(join(folder, 'lock'))).toBe(false)
  })

  it.each([
    { when: 'as the first picture is imported', isDue: (done: number) => done === 1 },
    { when: 'between import and training', isDue: (done: number) => done === 10 }
  ])('$when leaves no run and nothing half-imported', async ({ isDue }) => {
    const place = await workplace()
    const session = runSession(newRequest(place), place, (event, stop) => {
      if (event.event === 'importing' && isDue(event.done)) {
        stop.abort()
      }
    })
    await expect(session).rejects.toThrow(Cancelled)
    expect(await exists(place.runsFolder)).toBe(false)
    const imports = await readdir(place.picturesFolder)
    expect(imports.filter((name) => name.startsWith('.'))).toEqual([])
  })
})

describe('a session that fails', () => {
  it('ends when training diverges, and never saves what can’t be trained on', async () => {
    const place = await workplace()
    const configuration = tinyRun({
      generatorOptimizer: divergent,
      discriminatorOptimizer: divergent,
      schedule: { steps: 1000 },
      output: { checkpointEvery: 1, keepCheckpoints: 1000 }
    })
    const error = await rejection('training-diverged', () => runSession(newRequest(place, configuration), place))
    expect(error.message).toMatch(/^step \d+: expected a finite \S+, got (NaN|-?Infinity); start a new run with lower /)
    const [name] = await readdir(place.runsFolder)
    const folder = join(place.runsFolder, name!)
    expect((await wholeCheckpoints(folder)).length).toBeGreaterThan(0)
    for (const checkpoint of await listCheckpoints(folder)) {
      const { state } = await readCheckpoint(checkpoint.folder)
      expect([...state.values()].every(({ data }) => data.every(Number.isFinite))).toBe(true)
    }
    expect(await exists(join(folder, 'lock'))).toBe(false)
  })

  it('saves the iterations that are done', async () => {
    const place = await workplace()
    const session = runSession(newRequest(place, tinyRun({ output: { sampleEvery: 4 } })), place, (event) => {
      if (event.event === 'step' && event.step === 1) {
        throw new Error('a bug in the one who listens')
      }
    })
    await expect(session).rejects.toThrow('a bug in the one who listens')
    const [name] = await readdir(place.runsFolder)
    expect(await wholeCheckpoints(join(place.runsFolder, name!))).toEqual([1])
  })

  it('saves a checkpoint where only the samples can’t be saved', async () => {
    const place = await workplace()
    let folder = ''
    const work = runSession(newRequest(place, tinyRun({ output: { sampleEvery: 4 } })), place, (event) => {
      folder = event.event === 'prepared' ? event.run : folder
      if (event.event === 'step' && event.step === 3) {
        // A file where the folder should be made.
        writeFileSync(join(folder, 'samples'), '')
      }
    })
    const error = await rejection('disk-unwritable', () => work)
    expect(error.message).toMatch(/^saving the samples of step 4 in /)
    expect(await wholeCheckpoints(folder)).toEqual([4])
  })

  it('does not begin anew at the old place of a run that is moved away, whose checkpoints stay whole', async () => {
    const place = await workplace()
    const moved = join(place.runsFolder, 'moved')
    let folder = ''
    const work = runSession(newRequest(place, tinyRun({ output: { checkpointEvery: 2 } })), place, (event) => {
      folder = event.event === 'prepared' ? event.run : folder
      if (event.event === 'step' && event.step === 3) {
        renameSync(folder, moved)
      }
    })
    const error = await rejection('run-not-found', () => work)
    expect(error.message).toContain('moved or removed; open it at its new place')
    expect(await exists(folder)).toBe(false)
    expect(await wholeCheckpoints(moved)).toEqual([2])
  })

  it('leaves no folder of a run whose networks do not fit together', async () => {
    const place = await workplace()
    const architecture = { ...tinyArchitecture(), pictureSize: 32 }
    await rejection('architecture-invalid', () => runSession(newRequest(place, tinyRun({ architecture })), place))
    expect(await exists(place.runsFolder)).toBe(false)
  })

  it.skipIf(!canMount)('begins only where a checkpoint has room, and leaves nothing there (needs mount)', async () => {
    const place = await workplace()
    const { folder } = smallDisk(2)
    // 4096 · 64 weights, their average and two slots: 4.2 MB
    const architecture = { ...tinyArchitecture(), latentSize: 4096 }
    const request = newRequest({ ...place, runsFolder: join(folder, 'runs') }, tinyRun({ architecture }))
    const error = await rejection('disk-full', () => runSession(request, place))
    expect(error.message).toMatch(
      /: expected 4\.\d MB of free space for a checkpoint, got a disk with 2\.\d MB free; free some space/
    )
    expect(await readdir(folder)).toEqual([])
  })

  it('leaves no folder when the place for it is a file', async () => {
    const place = await workplace()
    await mkdir(place.runsFolder)
    const file = join(place.runsFolder, 'a-file')
    await writeFile(file, '')
    const session = runSession(newRequest({ ...place, runsFolder: file }), place)
    await expect(session).rejects.toThrow(KwiatError)
    expect(await readdir(place.runsFolder)).toEqual(['a-file'])
  })
})
