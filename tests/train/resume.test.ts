import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkpointsFolder, stepName } from '../../src/main/checkpoints/checkpointPaths'
import { openRun } from '../../src/main/checkpoints/runFolder'
import { lockRun } from '../../src/main/checkpoints/runLock'
import { exists } from '../../src/main/files/exists'
import { rejection } from '../support/rejection'
import { flipByte, metricSteps, stateBytes, wholeCheckpoints } from './support/runFolders'
import {
  eventsOf,
  newRequest,
  resumeRequest,
  runSession,
  tinyRun,
  type Workplace,
  workplace,
  writePictures
} from './support/sessions'

/** A run of 4 iterations with a checkpoint after each second one. */
async function trainedRun(place: Workplace): Promise<string> {
  const configuration = tinyRun({ schedule: { steps: 4 }, output: { checkpointEvery: 2 } })
  return (await runSession(newRequest(place, configuration), place)).folder
}

const checkpointOf = (run: string, step: number): string => join(checkpointsFolder(run), stepName(step))

/** Changes one byte of a checkpoint's generator. */
async function spoil(run: string, step: number): Promise<void> {
  const path = join(checkpointOf(run, step), 'generator.safetensors')
  await writeFile(path, flipByte(await readFile(path)))
}

/** Replaces `pattern`, which must occur, in a run's run.json. */
async function editRunFile(run: string, pattern: RegExp, replacement: string): Promise<void> {
  const path = join(run, 'run.json')
  const text = await readFile(path, 'utf8')
  expect(text).toMatch(pattern)
  await writeFile(path, text.replace(pattern, replacement))
}

async function straightRun(place: Workplace, steps: number) {
  const configuration = tinyRun({ schedule: { steps }, output: { checkpointEvery: 2 } })
  const { folder } = await runSession(newRequest(place, configuration), place)
  return stateBytes(folder, steps)
}

describe('a resumed run', () => {
  it('becomes, byte by byte, what it would be if it had never stopped', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const { events } = await runSession(resumeRequest(run, 7, { threads: 1 }), place)
    expect(eventsOf(events, 'prepared')[0]).toMatchObject({ run, fromStep: 4, toStep: 7, notices: [] })
    expect(await stateBytes(run, 7)).toEqual(await straightRun(place, 7))
    expect(await metricSteps(run)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({
      configuration: { schedule: { steps: 7 } }
    })
  })

  it('goes on before a broken checkpoint, says so, and comes to the same', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await spoil(run, 4)
    const { events } = await runSession(resumeRequest(run, 6, { threads: 1 }), place)
    const [prepared] = eventsOf(events, 'prepared')
    expect(prepared).toMatchObject({ fromStep: 2 })
    expect(prepared!.notices).toEqual([expect.stringMatching(/^step-000004 is broken and was passed over: /)])
    expect(eventsOf(events, 'step').map(({ step }) => step)).toEqual([3, 4, 5, 6])
    expect(await wholeCheckpoints(run)).toEqual([6, 4, 2])
    expect(await stateBytes(run, 6)).toEqual(await straightRun(place, 6))
    expect(await metricSteps(run)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('counts its seconds from the first session on', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const secondsOf = async () =>
      (await readFile(join(run, 'metrics.jsonl'), 'utf8'))
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line).seconds)
    await runSession(resumeRequest(run, 6), place)
    const seconds = (await secondsOf()).map(Number)
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
    expect(new Set(seconds).size).toBe(6)
  })

  it('may use another number of threads, and says that sums may then round otherwise', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const { events } = await runSession(resumeRequest(run, 5, { threads: 2 }), place)
    const notice = expect.stringContaining('goes on with 2 threads: sums may round otherwise')
    expect(eventsOf(events, 'prepared')[0]).toMatchObject({ notices: [notice] })
    expect(await wholeCheckpoints(run)).toEqual([5, 4, 2])
  })

  it('keeps the number of threads that it began with, and the place of its pictures as seen from any folder', async () => {
    const place = await workplace()
    const { folder } = await runSession(
      newRequest(place, tinyRun({ schedule: { steps: 2 } }), { id: 'cpu', threads: 2 }),
      place
    )
    const { events } = await runSession(resumeRequest(folder, 3), place)
    expect(eventsOf(events, 'prepared')[0]).toMatchObject({
      engine: expect.stringContaining('2 threads'),
      notices: []
    })
    const { threads, data } = (await openRun(folder)).file
    expect(threads).toBe(2)
    expect(data.source === 'flowers' || isAbsolute(data.source)).toBe(true)
  })

  it('stays on the engine that it began on, and warns when told to change it', async () => {
    const place = await workplace()
    const { folder } = await runSession(newRequest(place, tinyRun({ schedule: { steps: 2 } }), { id: 'eager' }), place)
    const same = await runSession(resumeRequest(folder, 3), place)
    expect(eventsOf(same.events, 'prepared')[0]).toMatchObject({ engine: expect.stringContaining('tfjs'), notices: [] })
    const other = await runSession(resumeRequest(folder, 4, { id: 'cpu' }), place)
    expect(eventsOf(other.events, 'prepared')[0]).toMatchObject({
      engine: expect.stringContaining('onnxruntime'),
      notices: ['The run began on engine eager and goes on with cpu: its numbers will differ a little.']
    })
  })

  it('may be shown and saved at other steps than before', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await editRunFile(run, /"checkpointEvery": 2/, '"checkpointEvery": 5')
    const { events } = await runSession(resumeRequest(run, 6), place)
    expect(eventsOf(events, 'checkpoint').map(({ step }) => step)).toEqual([5, 6])
  })

  it('is done at once, and unchanged, when all its iterations are', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const manifest = await readFile(join(checkpointOf(run, 4), 'manifest.json'), 'utf8')
    const { events } = await runSession(resumeRequest(run), place)
    expect(events.map(({ event }) => event)).toEqual(['prepared', 'finished'])
    expect(events.at(-1)).toMatchObject({ step: 4, reason: 'done' })
    expect(await readFile(join(checkpointOf(run, 4), 'manifest.json'), 'utf8')).toBe(manifest)
    expect(await metricSteps(run)).toEqual([1, 2, 3, 4])
  })

  it('may be named by its newest checkpoint', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const { events } = await runSession(resumeRequest(checkpointOf(run, 4), 5), place)
    expect(events.at(-1)).toMatchObject({ step: 5, run })
  })

  it('may be moved', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const moved = join(place.runsFolder, 'elsewhere')
    await rename(run, moved)
    expect((await runSession(resumeRequest(moved, 5), place)).folder).toBe(moved)
  })
})

describe('a run is not resumed', () => {
  /** The error, and that the run was let go of. */
  async function refusal(place: Workplace, run: string, code: Parameters<typeof rejection>[0], steps = 6, path = run) {
    const error = await rejection(code, () => runSession(resumeRequest(path, steps), place))
    expect(await exists(join(run, 'lock'))).toBe(false)
    return error
  }

  it('with settings that were changed', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await editRunFile(run, /"batchSize": 4/, '"batchSize": 5')
    const error = await refusal(place, run, 'run-mismatch')
    expect(error.message).toMatch(
      /run\.json: expected the settings .*, got others \(schedule\.batchSize: 4 → 5, checkpoint → now\); restore run\.json, or branch/
    )
    expect(await wholeCheckpoints(run)).toEqual([4, 2])
  })

  it('with a setting that nobody knows', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await editRunFile(run, /"batchSize"/, '"batchsize"')
    expect((await refusal(place, run, 'run-broken')).message).toContain('batchsize')
  })

  it('with other pictures', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await writePictures(place.data, 11)
    const error = await refusal(place, run, 'run-mismatch')
    expect(error.message).toContain('expected the pictures it was trained with')
  })

  it('without its pictures', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await rm(place.data, { recursive: true })
    await refusal(place, run, 'data-not-found')
  })

  it('from checkpoints that are all broken', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await spoil(run, 2)
    await spoil(run, 4)
    const error = await refusal(place, run, 'checkpoint-broken')
    expect(error.message).toContain('got broken ones only (2)')
  })

  it('from a named checkpoint that is broken', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await spoil(run, 4)
    const error = await refusal(place, run, 'checkpoint-broken', 6, checkpointOf(run, 4))
    expect(basename(error.parts.who)).toBe('generator.safetensors')
  })

  it('from an older checkpoint, whose successors it would overwrite', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const error = await refusal(place, run, 'run-mismatch', 6, checkpointOf(run, 2))
    expect(error.message).toContain('step-000004')
  })

  it('to fewer iterations than are done', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const error = await refusal(place, run, 'usage', 3)
    expect(error.message).toContain('as --steps 8')
  })

  it('without any checkpoint', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    await rm(checkpointsFolder(run), { recursive: true })
    await mkdir(checkpointsFolder(run))
    await refusal(place, run, 'checkpoint-not-found')
  })

  it('while another trainer has it, which it leaves in peace', async () => {
    const place = await workplace()
    const run = await trainedRun(place)
    const before = await readFile(join(run, 'run.json'), 'utf8')
    const lock = await lockRun(run)
    await rejection('run-locked', () => runSession(resumeRequest(run, 6), place))
    expect(await readFile(join(run, 'run.json'), 'utf8')).toBe(before)
    expect(await exists(join(run, 'lock'))).toBe(true)
    await lock.release()
  })
})
