import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, it, vi } from 'vitest'
import { startTrainer } from '../../src/main/trainer/owner'
import type { TrainingEvent, TrainRequest } from '../../src/shared/contract/training'
import { temporaryFolder } from '../support/temporaryFolder'
import { metricSteps, stateBytes, wholeCheckpoints } from '../train/support/runFolders'
import { eventsOf, newRequest, resumeRequest, tinyRun, type Workplace, workplace } from '../train/support/sessions'

const trainerEntry = join(inject('mainFolder'), 'trainer.cjs')

/** Trains in a real trainer process, which is killed with the first step that it tells of after saving `killAfterSaving`. */
async function trainProcess(request: TrainRequest, killAfterSaving?: number) {
  const events: TrainingEvent[] = []
  const trainer = startTrainer(trainerEntry, request, (event) => {
    events.push(event)
    // Saving goes on beside the training, so that a step alone does not tell that it is done.
    const isSaved = eventsOf(events, 'checkpoint').some(({ step }) => step === killAfterSaving)
    if (event.event === 'step' && isSaved) {
      trainer.kill()
    }
  })
  return { events, outcome: await trainer.outcome }
}

const runOf = (events: readonly TrainingEvent[]): string => eventsOf(events, 'prepared')[0]!.run

/** A checkpoint and samples each twenty iterations, which take so long that a kill comes before the next ones. */
const request = (place: Workplace, steps: number): TrainRequest =>
  newRequest(place, tinyRun({ schedule: { steps, batchSize: 256 }, output: { checkpointEvery: 20, sampleEvery: 20 } }))

it('40 iterations equal 20, a kill, and 20 more: every byte of the weights, the samples, each line of the metrics once', async () => {
  vi.stubEnv('KWIAT_HOME', await temporaryFolder())
  const place = await workplace()
  const straight = await trainProcess(request(place, 40))
  expect(straight.outcome).toMatchObject({ event: 'finished', step: 40, reason: 'done' })

  // Killed after it saved step 20, while it does what nobody will have saved.
  const killed = await trainProcess(request(place, 40), 20)
  expect(killed.outcome).toMatchObject({ event: 'failed', code: 'trainer-crashed' })
  const run = runOf(killed.events)
  expect(await wholeCheckpoints(run)).toEqual([20])

  const resumed = await trainProcess(resumeRequest(run, undefined, { threads: 1 }))
  expect(resumed.outcome).toMatchObject({ event: 'finished', step: 40, run, reason: 'done' })
  expect(eventsOf(resumed.events, 'prepared')[0]).toMatchObject({ fromStep: 20, toStep: 40 })

  const expected = runOf(straight.events)
  expect(await wholeCheckpoints(run)).toEqual([40, 20])
  for (const step of [20, 40]) {
    expect(await stateBytes(run, step)).toEqual(await stateBytes(expected, step))
  }
  for (const sample of ['step-000020.png', 'step-000040.png']) {
    expect(await readFile(join(run, 'samples', sample))).toEqual(await readFile(join(expected, 'samples', sample)))
  }
  expect(await metricSteps(run)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  expect(await figuresOf(run)).toEqual(await figuresOf(expected))
})

/** All lines of the metrics, but for the time. */
async function figuresOf(run: string): Promise<object[]> {
  const lines = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n')
  return lines.map((line) => ({ ...JSON.parse(line), seconds: null }))
}
