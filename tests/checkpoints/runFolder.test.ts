import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configurationFingerprint } from '../../src/main/checkpoints/configurationFingerprint'
import {
  createRun,
  metricsPath,
  openRun,
  type Run,
  replaceRunFile,
  samplePath,
  writeSample
} from '../../src/main/checkpoints/runFolder'
import { writeCheckpoint } from '../../src/main/checkpoints/writeCheckpoint'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { smallConfiguration } from './support/configuration'
import { contentsAt } from './support/states'

const facts = {
  name: 'Frogs: first try',
  configuration: smallConfiguration(),
  data: { source: '/pictures/frogs.zip', fingerprint: 'abc' },
  engine: 'cpu',
  versions: { kwiat: '0.1.0', node: process.versions.node }
}

const newRun = async (): Promise<Run> => createRun(join(await temporaryFolder(), 'deep', 'runs'), facts)

describe('createRun', () => {
  it('makes a folder with run.json and nothing else, its parents too', async () => {
    const parent = await temporaryFolder()
    const { folder, file } = await createRun(join(parent, 'deep', 'runs'), facts)
    expect(relative(parent, folder)).toBe(join('deep', 'runs', `Frogs-first-try-${file.id}`))
    expect(await readdir(join(parent, 'deep', 'runs'))).toEqual([`Frogs-first-try-${file.id}`])
    expect(await readdir(folder)).toEqual(['run.json'])
    expect(file).toMatchObject(facts)
  })

  it('makes several at once in a folder that isn’t there yet', async () => {
    const parent = join(await temporaryFolder(), 'deep', 'runs')
    await Promise.all(Array.from({ length: 8 }, () => createRun(parent, facts)))
    expect((await readdir(parent)).length).toBe(8)
  })

  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['…', 'run'],
    ['.hidden', 'hidden'],
    ['a'.repeat(90), 'a'.repeat(40)]
  ])('makes of the name %j a folder’s name that stays in its place', async (name, expected) => {
    const parent = await temporaryFolder()
    const { file } = await createRun(parent, { ...facts, name })
    expect(await readdir(parent)).toEqual([`${expected}-${file.id}`])
    expect(file.name).toBe(name)
  })
})

describe('openRun', () => {
  it('opens a run by its folder', async () => {
    const { folder, file } = await newRun()
    expect(await openRun(folder)).toEqual({ folder, file, checkpoint: null })
    expect(await openRun(relative(process.cwd(), folder))).toEqual({ folder, file, checkpoint: null })
  })

  it('opens a run by a checkpoint in it, also after the run was moved', async () => {
    const run = await newRun()
    await writeCheckpoint(run.folder, contentsAt(5))
    const folder = `${run.folder} moved`
    await rename(run.folder, folder)
    const checkpoint = join(folder, 'checkpoints', 'step-000005')
    expect(await openRun(checkpoint)).toEqual({ folder, file: run.file, checkpoint })
  })

  it('says what it looked for where there is no run', async () => {
    const parent = await temporaryFolder()
    const missing = await rejection('run-not-found', () => openRun(join(parent, 'nowhere')))
    expect(missing.message).toBe(
      `${join(parent, 'nowhere')}: expected a run’s folder, with a run.json, or a checkpoint in one, as ` +
        'checkpoints/step-000500, got nothing; give the folder that training named when it began.'
    )
    const stray = join(parent, 'checkpoints', 'step-000001')
    await mkdir(stray, { recursive: true })
    for (const path of [parent, stray]) {
      expect((await rejection('run-not-found', () => openRun(path))).parts.actual).toBe('something without run.json')
    }
    const file = join(parent, 'file')
    await writeFile(file, '')
    await rejection('run-not-found', () => openRun(file))
  })

  it('tells a broken run.json and one of a newer Kwiat from each other', async () => {
    const { folder } = await newRun()
    const path = join(folder, 'run.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.slice(0, 100))
    await rejection('run-broken', () => openRun(folder))
    await writeFile(path, text.replace('"batchSize": 32', '"batchSize": 0'))
    const broken = await rejection('run-broken', () => openRun(folder))
    expect(broken.message).toContain('a mistake at configuration.schedule.batchSize')
    await writeFile(path, text.replace('"formatVersion": 1', '"formatVersion": 2'))
    const newer = await rejection('run-newer', () => openRun(folder))
    expect(newer.message).toContain('got version 2; update Kwiat.')
  })
})

describe('the other files of a run', () => {
  it('run.json can be replaced, as for more steps', async () => {
    const { folder, file } = await newRun()
    const configuration = { ...file.configuration, schedule: { ...file.configuration.schedule, steps: 40 } }
    await replaceRunFile(folder, { ...file, configuration })
    expect((await openRun(folder)).file.configuration.schedule.steps).toBe(40)
    expect(await readdir(folder)).toEqual(['run.json'])
  })

  it('samples stand in their folder by step, the newest of a step wins', async () => {
    const { folder } = await newRun()
    await writeSample(folder, 500, Uint8Array.of(1))
    const path = await writeSample(folder, 500, Uint8Array.of(2, 3))
    expect(path).toBe(samplePath(folder, 500))
    expect(relative(folder, path)).toBe(join('samples', 'step-000500.png'))
    expect([...(await readFile(path))]).toEqual([2, 3])
    expect(await readdir(join(folder, 'samples'))).toEqual(['step-000500.png'])
    expect(relative(folder, metricsPath(folder))).toBe('metrics.jsonl')
  })
})

describe('configurationFingerprint', () => {
  const base = smallConfiguration()
  const fingerprint = configurationFingerprint(base)

  it('is the same for settings that don’t decide the numbers, and for another order of fields', () => {
    const others = {
      ...base,
      preset: 'other',
      output: { ...base.output, logEvery: 7, keepCheckpoints: 1 },
      schedule: { ...base.schedule, steps: 99 }
    }
    expect(configurationFingerprint(others)).toBe(fingerprint)
    const { loss, data, schedule, ...rest } = base
    const { kind, ...lossRest } = loss
    const reordered = { schedule, data, loss: { ...lossRest, kind }, ...rest }
    expect(JSON.stringify(reordered.loss)).not.toBe(JSON.stringify(loss))
    expect(configurationFingerprint(reordered)).toBe(fingerprint)
  })

  it('is another for settings that do', () => {
    const changed = [
      { ...base, schedule: { ...base.schedule, seed: 8 } },
      { ...base, schedule: { ...base.schedule, batchSize: 31 } },
      { ...base, loss: { ...base.loss, labelNoise: 0.05 } },
      { ...base, architecture: { ...base.architecture, generator: base.architecture.generator.toReversed() } }
    ].map(configurationFingerprint)
    expect(new Set([fingerprint, ...changed]).size).toBe(5)
  })
})
