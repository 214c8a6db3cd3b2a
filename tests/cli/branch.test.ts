import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openRun } from '../../src/main/checkpoints/runFolder'
import { temporaryFolder } from '../support/temporaryFolder'
import { metricSteps, stateBytes, wholeCheckpoints } from '../train/support/runFolders'
import { writePictures } from '../train/support/sessions'
import { eventsIn, expectSentence, onlyRun, runCli, sharedFolder, trainTiny } from './support'

const home = await sharedFolder()
let run = ''

beforeAll(async () => {
  const data = await writePictures(join(home, 'pictures'), 10)
  const trained = await runCli(trainTiny(data, '--steps', '6', '--set', 'output.checkpointEvery=2'), { home })
  expect(trained.code).toBe(0)
  run = await onlyRun(join(home, 'runs'))
})

describe('kwiat branch', () => {
  it('begins a new run from a checkpoint with changed settings, says which, and leaves the run as it was', async () => {
    const before = await stateBytes(run, 6)
    const out = await temporaryFolder()
    const checkpoint = join(run, 'checkpoints', 'step-000004')
    const args = ['branch', checkpoint, '--set', 'loss.realTarget=0.7', '--name', 'smoothed', '--out', out, '--json']
    const result = await runCli(args, { home })
    expect(result).toMatchObject({ code: 0 })
    expect(result.stderr).toContain('loss.realTarget: 0.9 → 0.7')
    const branch = await onlyRun(out)
    expect(eventsIn(result).at(-1)).toEqual({ event: 'finished', step: 6, run: branch, reason: 'done' })
    expect((await openRun(branch)).file).toMatchObject({ name: 'smoothed', origin: { step: 4 } })
    expect(await wholeCheckpoints(branch)).toEqual([6, 4])
    expect(await metricSteps(branch)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await stateBytes(run, 6)).toEqual(before)
    expect(await stateBytes(branch, 6)).not.toEqual(before)
  })

  it('refuses other networks, in a sentence that says what to do', async () => {
    const result = await runCli(['branch', run, '--set', 'architecture.latentSize=7'], { home })
    expectSentence(
      result,
      /expected the same networks, .*architecture\.latentSize: \d+ → 7\); leave the architecture as it is/
    )
  })
})
