import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createRun } from '../../src/main/checkpoints/runFolder'
import { EventHub } from '../../src/main/services/eventHub'
import { Runs } from '../../src/main/services/runs'
import { openStudioFile } from '../../src/main/services/studioFile'
import { StudioLog } from '../../src/main/services/studioLog'
import { initialSettings } from '../../src/shared/contract/app'
import type { HostMessage } from '../../src/shared/contract/messages'
import type { EngineWish } from '../../src/shared/contract/training'
import { type FakeTrainer, fakeTrainers } from '../support/fakeTrainer'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { tinyRun } from '../train/support/sessions'

const configuration = tinyRun({ schedule: { steps: 100 } })
const wanted = (name: string) => ({ name, configuration, data: 'flowers', engine: { id: 'cpu' as const } })

const chooseEngine = async ({ id }: EngineWish) => ({ id: id === 'auto' ? ('cpu' as const) : id })

/** The user's runs over fake trainers; `home` may have been used before. */
async function openRuns(home?: string) {
  const folder = home ?? (await temporaryFolder())
  const { spawn, trainers } = fakeTrainers()
  const hub = new EventHub()
  const told: HostMessage[] = []
  hub.subscribe((message) => told.push(message))
  const file = await openStudioFile(join(folder, 'studio.json'), () => undefined)
  const log = new StudioLog(() => undefined)
  const runs = new Runs({
    places: () => ({ folder: join(folder, 'runs'), earlier: [] }),
    file,
    log,
    emit: hub.emit,
    spawn,
    chooseEngine
  })
  await runs.settle()
  onTestFinished(async () => {
    await runs.close(0)
    await file.flush()
  })
  return { folder, runs, trainers, told, file, log }
}

const begun = (trainers: readonly FakeTrainer[], count: number) =>
  vi.waitFor(() => {
    expect(trainers).toHaveLength(count)
    return trainers[count - 1]!
  })

const stateOf = async (runs: Runs, id: string) => (await runs.card(id)).state

/** What a trainer leaves on the disk: the run's folder, and a checkpoint when `step` is given. */
async function leaveFolder(folder: string, id: string, step?: number): Promise<string> {
  const facts = { id, name: 'run', configuration, engine: 'cpu', versions: {} }
  const run = await createRun(join(folder, 'runs'), { ...facts, data: { source: 'flowers', fingerprint: 'f' } })
  if (step !== undefined) {
    const checkpoint = join(run.folder, 'checkpoints', `step-${String(step).padStart(6, '0')}`)
    await mkdir(checkpoint, { recursive: true })
    await writeFile(join(checkpoint, 'manifest.json'), '{}')
  }
  return run.folder
}

test('one run trains, the others wait in the order in which they were asked for', async () => {
  const { runs, trainers } = await openRuns()
  const first = await runs.create(wanted('first'))
  const second = await runs.create(wanted('second'))
  const third = await runs.create(wanted('third'))
  expect([first, second, third].map(({ state, queuePosition }) => [state, queuePosition])).toEqual([
    ['running', null],
    ['queued', 0],
    ['queued', 1]
  ])
  const trainer = await begun(trainers, 1)
  expect(trainer.request).toMatchObject({ kind: 'new', id: first.id, name: 'first', data: 'flowers' })
  trainer.finish(100, 'done')
  const next = await begun(trainers, 2)
  expect(next.request).toMatchObject({ id: second.id })
  expect(await stateOf(runs, first.id)).toBe('done')
  expect(await runs.card(third.id)).toMatchObject({ state: 'queued', queuePosition: 0 })
})

test('pausing asks the trainer to save and end, and the next one begins; starting again queues it', async () => {
  const { runs, trainers } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  await runs.create(wanted('other'))
  const trainer = await begun(trainers, 1)
  await runs.end(id, 'paused')
  expect(trainer.commands).toEqual(['stop'])
  expect(await stateOf(runs, id)).toBe('running')
  trainer.finish(7, 'stopped')
  await begun(trainers, 2)
  expect(await stateOf(runs, id)).toBe('paused')
  expect(await runs.start(id, undefined)).toMatchObject({ state: 'queued', queuePosition: 0 })
})

test('a run that waits is taken out of the queue by stopping it, and never begins', async () => {
  const { runs, trainers } = await openRuns()
  await runs.create(wanted('one'))
  const { id } = await runs.create(wanted('other'))
  expect(await runs.end(id, 'stopped')).toMatchObject({ state: 'stopped', queuePosition: null })
  const trainer = await begun(trainers, 1)
  trainer.finish(100, 'done')
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  expect(trainers).toHaveLength(1)
})

test('a crash is told in plain words without the command line’s, and the run goes on from its checkpoint when started', async () => {
  const { folder, runs, trainers } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  const run = await leaveFolder(folder, id, 20)
  trainer.exit(null, 'SIGKILL')
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  const { state, problem } = await runs.card(id)
  expect(state).toBe('crashed')
  expect(problem?.code).toBe('trainer-crashed')
  expect(problem?.message).toMatch(/SIGKILL \(killed, or out of memory\)/)
  expect(problem?.message).not.toMatch(/kwiat resume/)

  expect(await runs.start(id, 300)).toMatchObject({ state: 'running', problem: null, totalSteps: 300 })
  expect((await begun(trainers, 2)).request).toEqual({ kind: 'resume', run, steps: 300, engine: { id: 'cpu' } })
})

test('a crash before the first checkpoint begins the run anew under its id', async () => {
  const { folder, runs, trainers } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  const run = await leaveFolder(folder, id)
  trainer.exit(1)
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  await runs.start(id, undefined)
  expect((await begun(trainers, 2)).request).toMatchObject({ kind: 'new', id })
  expect(await readdir(join(folder, 'runs'))).not.toContain(run)
})

test('where the user wants it, a crashed run goes on by itself, but not for ever', async () => {
  const { runs, trainers, file } = await openRuns()
  file.update({ settings: { ...initialSettings, restartAfterCrash: true } })
  const { id } = await runs.create(wanted('one'))
  for (const count of [1, 2, 3, 4]) {
    const trainer = await begun(trainers, count)
    trainer.exit(null, 'SIGSEGV')
  }
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  expect(trainers).toHaveLength(4)
  expect(await stateOf(runs, id)).toBe('crashed')
})

test('an error of the trainer is shown with its code, and does not restart', async () => {
  const { runs, trainers, file, log } = await openRuns()
  file.update({ settings: { ...initialSettings, restartAfterCrash: true } })
  const { id } = await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  trainer.say({ event: 'failed', code: 'data-empty', message: 'No pictures.' })
  trainer.exit(0)
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  expect(await runs.card(id)).toMatchObject({
    state: 'failed',
    problem: { code: 'data-empty', message: 'No pictures.' }
  })
  expect(log.lines.at(-1)).toMatchObject({ level: 'error', run: id, text: 'No pictures.' })
  expect(trainers).toHaveLength(1)
})

test('closing asks the trainer to save and waits for it; the next start finds the runs paused', async () => {
  const { folder, runs, trainers, file } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  const waiting = await runs.create(wanted('other'))
  const trainer = await begun(trainers, 1)
  let isClosed = false
  const closed = runs.close(60_000).then(() => {
    isClosed = true
  })
  expect(trainer.commands).toEqual(['stop'])
  expect(isClosed).toBe(false)
  trainer.finish(5, 'stopped')
  await closed
  expect(trainer.isKilled).toBe(false)
  expect(trainers).toHaveLength(1)
  await file.flush()
  const again = await openRuns(folder)
  expect(await stateOf(again.runs, id)).toBe('paused')
  expect(await stateOf(again.runs, waiting.id)).toBe('paused')
})

test('a trainer that does not end in time is killed when closing', async () => {
  const { runs, trainers } = await openRuns()
  await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  await runs.close(0)
  expect(trainer.isKilled).toBe(true)
})

test('a run that trained when Kwiat itself was killed is shown as crashed at the next start', async () => {
  const { folder, runs, trainers, file } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  await begun(trainers, 1)
  await file.flush()
  const again = await openRuns(folder)
  expect(await again.runs.card(id)).toMatchObject({ state: 'crashed', problem: { code: 'trainer-crashed' } })
})

test('deleting moves a run to the trash and restoring brings it back, also one without a folder', async () => {
  const { folder, runs, trainers, told } = await openRuns()
  const withFolder = await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  await rejection('run-locked', () => runs.delete(withFolder.id))
  const path = await leaveFolder(folder, withFolder.id, 20)
  trainer.finish(20, 'stopped')
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  const draft = await runs.create(wanted('draft'))
  ;(await begun(trainers, 2)).finish(0, 'stopped')
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))

  await runs.delete(withFolder.id)
  await runs.delete(draft.id)
  expect(await runs.list()).toEqual([])
  expect(told).toContainEqual({ type: 'event', name: 'run/removed', value: { id: withFolder.id } })
  expect(await readdir(join(folder, 'runs'))).toEqual(['.trash'])

  expect(await runs.restore(withFolder.id)).toMatchObject({ folder: path, state: 'stopped' })
  expect(await runs.restore(draft.id)).toMatchObject({ folder: null, name: 'draft' })
  expect((await runs.list()).map(({ id }) => id).sort()).toEqual([withFolder.id, draft.id].sort())
})

test('renaming and duplicating work with and without a folder', async () => {
  const { folder, runs, trainers } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  expect(await runs.rename(id, 'Róże')).toMatchObject({ name: 'Róże' })
  await leaveFolder(folder, id, 20)
  expect(await runs.rename(id, 'Maki')).toMatchObject({ name: 'Maki', folder: expect.stringContaining('run-') })
  expect(await runs.duplicate(id)).toEqual({ name: 'Maki', configuration, data: 'flowers' })
  trainer.finish(1, 'stopped')
})

test('events are told at most ten times a second, all of them and in order', async () => {
  const { runs, trainers, told } = await openRuns()
  const { id } = await runs.create(wanted('one'))
  const trainer = await begun(trainers, 1)
  const figures = { kimg: 1, seconds: 1, 'loss/d': 1, 'loss/g': 1, 'score/real': 1, 'score/fake': 1 }
  for (let step = 1; step <= 500; step++) {
    trainer.say({ event: 'step', step, ...figures, secondsPerStep: 0.001, secondsLeft: 1 })
  }
  trainer.finish(500, 'done')
  await vi.waitFor(() => expect(runs.isTraining).toBe(false))
  const batches = told.flatMap((message) =>
    message.type === 'event' && message.name === 'run/event' ? [message.value] : []
  )
  expect(batches).toHaveLength(1)
  expect(batches[0]).toMatchObject({ id, events: { length: 501 } })
})

test('what is remembered survives a file that can’t be read: it is put aside', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'studio.json'), '{"format": "kwiat-studio", "formatVersion": 1')
  const onBroken = vi.fn()
  const file = await openStudioFile(join(folder, 'studio.json'), onBroken)
  expect(file.content.notes).toEqual({})
  expect(onBroken).toHaveBeenCalledWith(join(folder, 'studio.json.broken'))
})

test('a run that waits can be given another place in the queue', async () => {
  const { runs } = await openRuns()
  await runs.create(wanted('first'))
  const ids = [await runs.create(wanted('a')), await runs.create(wanted('b')), await runs.create(wanted('c'))].map(
    ({ id }) => id
  )
  runs.move(ids[2]!, 0)
  expect(await Promise.all(ids.map(async (id) => (await runs.card(id)).queuePosition))).toEqual([1, 2, 0])
  runs.move(ids[2]!, 1)
  expect(await Promise.all(ids.map(async (id) => (await runs.card(id)).queuePosition))).toEqual([0, 2, 1])
})

test('a run that lies elsewhere is opened by its folder, its run.json or a checkpoint, and listed from then on', async () => {
  const { folder, runs, file } = await openRuns()
  const elsewhere = await leaveFolder(join(folder, 'usb'), 'abcdef', 20)
  expect(await runs.list()).toEqual([])
  const checkpoint = await runs.open(join(elsewhere, 'checkpoints', 'step-000020'))
  expect(checkpoint).toMatchObject({ run: { id: 'abcdef', folder: elsewhere }, checkpoint: true })
  expect(await runs.open(join(elsewhere, 'run.json'))).toMatchObject({ run: { id: 'abcdef' }, checkpoint: false })
  expect(await runs.open(elsewhere)).toMatchObject({ checkpoint: false })
  expect((await runs.list()).map(({ id }) => id)).toEqual(['abcdef'])
  await file.flush()
  expect((await (await openRuns(folder)).runs.list()).map(({ id }) => id)).toEqual(['abcdef'])
})

test('what is no run is left to be pictures', async () => {
  const { folder, runs } = await openRuns()
  await mkdir(join(folder, 'photos'))
  expect(await runs.open(join(folder, 'photos'))).toBeNull()
  expect(await runs.open(join(folder, 'photos.zip'))).toBeNull()
})

test('a run that was opened elsewhere goes to the trash as others do, and comes back', async () => {
  const { folder, runs } = await openRuns()
  const elsewhere = await leaveFolder(join(folder, 'usb'), 'abcdef', 20)
  await runs.open(elsewhere)
  await runs.delete('abcdef')
  expect(await runs.list()).toEqual([])
  const restored = await runs.restore('abcdef')
  expect(restored.folder).toContain(join(folder, 'runs'))
  expect((await runs.list()).map(({ id }) => id)).toEqual(['abcdef'])
})
