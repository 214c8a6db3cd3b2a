import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { openRun } from '../../src/main/checkpoints/runFolder'
import { branchRun } from '../../src/main/train/branchRun'
import { rejection } from '../support/rejection'
import { metricSteps, stateBytes, wholeCheckpoints } from './support/runFolders'
import { newRequest, resumeRequest, runSession, tinyRun, type Workplace, workplace } from './support/sessions'

const configuration = tinyRun({ output: { checkpointEvery: 2, sampleEvery: 2 } })

async function trainedRun(): Promise<{ place: Workplace; folder: string; checkpoint: string }> {
  const place = await workplace()
  const { folder } = await runSession(newRequest(place, configuration), place)
  return { place, folder, checkpoint: join(folder, 'checkpoints', 'step-000004') }
}

test('a branch without changes goes on bit for bit as the run that it left', async () => {
  const { place, folder, checkpoint } = await trainedRun()
  const { runsFolder } = place
  const { run, changes, notices } = await branchRun({ from: checkpoint, configuration, runsFolder, name: 'branch' })
  expect({ changes, notices }).toEqual({ changes: [], notices: [] })
  expect(await wholeCheckpoints(run.folder)).toEqual([4])
  expect(await metricSteps(run.folder)).toEqual([1, 2, 3, 4])
  await runSession(resumeRequest(run.folder), place)
  expect(await stateBytes(run.folder, 6)).toEqual(await stateBytes(folder, 6))
  expect(await metricSteps(run.folder)).toEqual([1, 2, 3, 4, 5, 6])
})

test('changed settings are listed in the run’s file, and the branch trains with them while the run stays as it was', async () => {
  const { place, folder, checkpoint } = await trainedRun()
  const before = await stateBytes(folder, 6)
  const changed = { ...configuration, loss: { ...configuration.loss, realTarget: 0.9 } }
  const { run, changes } = await branchRun({
    ...place,
    from: checkpoint,
    configuration: changed,
    name: 'smooth',
    data: undefined
  })
  expect(changes).toEqual([{ path: 'loss.realTarget', from: 1, to: 0.9 }])
  const { file } = await openRun(folder)
  expect((await openRun(run.folder)).file.origin).toEqual({ run: file.id, name: 'test', step: 4, changes })
  const { events } = await runSession(resumeRequest(run.folder), place)
  expect(events.find(({ event }) => event === 'prepared')).toMatchObject({ fromStep: 4, notices: [] })
  expect(await stateBytes(run.folder, 6)).not.toEqual(before)
  expect(await stateBytes(folder, 6)).toEqual(before)
})

test('another optimiser begins anew, the other network’s goes on; both are told', async () => {
  const { place, checkpoint } = await trainedRun()
  const changed = tinyRun({ generatorOptimizer: { kind: 'sgd', momentum: 0.5 }, output: configuration.output })
  const { run, notices } = await branchRun({
    ...place,
    from: checkpoint,
    configuration: changed,
    name: 'sgd',
    data: undefined
  })
  expect(notices).toEqual(['The generator’s optimiser (sgd) begins anew: the checkpoint has no such averages.'])
  const { state } = await readCheckpoint(join(run.folder, 'checkpoints', 'step-000004'))
  const { state: saved } = await readCheckpoint(checkpoint)
  const slots = [...state].filter(([name]) => name.startsWith('optimizer/generator/'))
  expect(slots.length).toBeGreaterThan(0)
  expect(slots.every(([, { data }]) => data.every((value) => value === 0))).toBe(true)
  for (const [name, tensor] of state) {
    expect(name.startsWith('optimizer/generator/') || tensor.data).toEqual(saved.get(name)?.data ?? true)
  }
  await runSession(resumeRequest(run.folder), place)
})

test('a branch with pictures cropped otherwise learns from those', async () => {
  const { place, checkpoint } = await trainedRun()
  const changed = { ...configuration, data: { ...configuration.data, crop: 'pad' as const } }
  const { run } = await branchRun({ ...place, from: checkpoint, configuration: changed, name: 'pad', data: undefined })
  expect((await openRun(run.folder)).file.data.fingerprint).toBeNull()
  await runSession(resumeRequest(run.folder), place)
  expect((await openRun(run.folder)).file.data.fingerprint).toMatch(/^[0-9a-f]{64}$/)
})

test('thousands of pictures shown go on from the checkpoint’s when the batch changes', async () => {
  const { place, checkpoint } = await trainedRun()
  const changed = tinyRun({ schedule: { batchSize: 8 }, output: configuration.output })
  const { run } = await branchRun({
    ...place,
    from: checkpoint,
    configuration: changed,
    name: 'batch',
    data: undefined
  })
  await runSession(resumeRequest(run.folder), place)
  const { manifest } = await readCheckpoint(join(run.folder, 'checkpoints', 'step-000006'))
  expect(manifest.kimg).toBe((4 * 4 + 2 * 8) / 1000)
})

test('another architecture is refused by its first difference, and no folder is left', async () => {
  const { place, checkpoint } = await trainedRun()
  const { architecture } = configuration
  const changed = { ...configuration, architecture: { ...architecture, latentSize: architecture.latentSize + 1 } }
  const error = await rejection('run-mismatch', () =>
    branchRun({ ...place, from: checkpoint, configuration: changed, name: 'other', data: undefined })
  )
  expect(error.message).toContain(
    `architecture.latentSize: ${architecture.latentSize} → ${architecture.latentSize + 1}`
  )
  expect((await readFile(join(checkpoint, 'manifest.json'), 'utf8')).length).toBeGreaterThan(0)
})
