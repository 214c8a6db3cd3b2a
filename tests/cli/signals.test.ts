import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exists } from '../../src/main/files/exists'
import { temporaryFolder } from '../support/temporaryFolder'
import { metricSteps, wholeCheckpoints } from '../train/support/runFolders'
import { writePictures } from '../train/support/sessions'
import {
  cli,
  eventsIn,
  onlyRun,
  type RunningCli,
  runCli,
  sharedFolder,
  signalGroup,
  startCli,
  trainTiny
} from './support'

const home = await sharedFolder()
let data = ''

beforeAll(async () => {
  data = await writePictures(join(home, 'data'), 10)
})

/** A training that goes on for hours, as soon as it has done a step. */
async function startTraining(...more: string[]) {
  const out = await temporaryFolder()
  const running = startCli(trainTiny(data, '--steps', '100000000', '--out', out, ...more), { home })
  await running.lineThat(more.includes('--json') ? /"event":"step"/ : /^Training /)
  return { running, out }
}

/** Expects that everything is saved and nothing locked. */
async function expectSaved(out: string): Promise<number> {
  const run = await onlyRun(out)
  const [step, ...others] = await wholeCheckpoints(run)
  expect(others).toEqual([])
  expect(step).toBeGreaterThan(0)
  expect(await metricSteps(run)).toEqual(Array.from({ length: step! }, (_, i) => i + 1))
  expect(await exists(join(run, 'lock'))).toBe(false)
  return step!
}

describe('Ctrl-C', () => {
  it.each([
    { to: 'all processes, as a terminal sends it', send: (child: RunningCli['child']) => signalGroup(child, 'SIGINT') },
    { to: 'the command alone', send: (child: RunningCli['child']) => void child.kill('SIGINT') }
  ])('to $to saves, says how to go on, and that works', async ({ send }) => {
    const { running, out } = await startTraining()
    send(running.child)
    const result = await running.result
    expect(result).toMatchObject({ code: 0, signal: null })
    expect(result.stderr).toContain(
      'Saving after this step … (Ctrl-C again ends at once and loses what is not saved)\n'
    )
    const step = await expectSaved(out)
    expect(result.stdout).toContain(`Stopped after step ${step}; everything is saved.\n`)
    const goOn = /^Go on: +(.*)$/m.exec(result.stdout)?.[1]
    expect(goOn).toContain(`resume ${await onlyRun(out)}`)
    const { status } = spawnSync('sh', ['-c', `${goOn} --steps ${step + 1}`], {
      env: { ...process.env, KWIAT_HOME: home }
    })
    expect(status).toBe(0)
    expect((await wholeCheckpoints(await onlyRun(out)))[0]).toBe(step + 1)
  })

  it('a second time ends everything at once, in the middle of a step that takes minutes', async () => {
    const out = await temporaryFolder()
    // On tfjs' JavaScript backend, a step of this preset holds the trainer's thread for minutes.
    const running = startCli(['train', '--preset', 'chollet-32', '--data', data, '--engine', 'eager', '--out', out], {
      home
    })
    await running.lineThat(/^run: /)
    signalGroup(running.child, 'SIGINT')
    await running.lineThat(/^Saving after this step/)
    signalGroup(running.child, 'SIGINT')
    expect(await running.result).toMatchObject({ code: 130, signal: null, stdout: '' })
    expect(await exists(join(await onlyRun(out), 'checkpoints'))).toBe(false)
  })

  it('handed on by npm a second time counts once', async () => {
    const out = await temporaryFolder()
    const running = startCli(trainTiny(data, '--steps', '100000000', '--out', out), {
      home,
      environment: { npm_lifecycle_event: 'kwiat' }
    })
    await running.lineThat(/^Training /)
    running.child.kill('SIGINT')
    running.child.kill('SIGINT')
    const { code, stdout } = await running.result
    expect(code).toBe(0)
    expect(stdout).toContain('npm run kwiat -- resume ')
    await expectSaved(out)
  })

  it('while pictures are imported leaves nothing half-done', async () => {
    const own = await temporaryFolder()
    const args = ['train', '--preset', 'flowers-32', '--data', 'flowers', '--json']
    const running = startCli(args, { home: own })
    await running.lineThat(/"event":"importing"/)
    signalGroup(running.child, 'SIGINT')
    const result = await running.result
    expect(result.code).toBe(0)
    expect(eventsIn(result).at(-1)).toEqual({ event: 'finished', step: 0, run: null, reason: 'stopped' })
    expect(result.stderr).toContain('Stopped before training began; nothing was changed.\n')
    expect(await readdir(own)).toEqual(['pictures'])
    expect(await readdir(join(own, 'pictures'))).toEqual([])
  })

  it('ends kwiat data without a trace', async () => {
    const own = await temporaryFolder()
    const running = startCli(['data', 'flowers', '--size', '64'], { home: own })
    await running.lineThat(/^Importing /)
    signalGroup(running.child, 'SIGINT')
    expect(await running.result).toMatchObject({ code: 130, stdout: '' })
    expect(await readdir(join(own, 'pictures'))).toEqual([])
  })
})

it.each(['SIGTERM', 'SIGHUP'] as const)('%s to all processes saves and ends', async (signal) => {
  const { running, out } = await startTraining()
  signalGroup(running.child, signal)
  expect(await running.result).toMatchObject({ code: 0, signal: null })
  await expectSaved(out)
})

it('a trainer whose command is killed saves and ends by itself', async () => {
  const { running, out } = await startTraining('--json')
  running.child.kill('SIGKILL')
  // The trainer holds stderr open: this waits for its end too.
  expect(await running.result).toMatchObject({ code: null, signal: 'SIGKILL', stderr: '' })
  await expectSaved(out)
})

it('a reader of stdout that goes away ends the training, saved and without a word', async () => {
  const { running, out } = await startTraining('--json')
  running.child.stdout?.destroy()
  const { code, stderr } = await running.result
  expect(code).toBe(0)
  expect(stderr).toMatch(/^Stopped after step \d+; everything is saved\.\n/)
  expect(stderr).not.toMatch(/EPIPE|Error| at /)
  await expectSaved(out)
})

it('a reader that goes away is no fault of other commands', async () => {
  const { status, stderr } = spawnSync('sh', ['-c', `node ${cli} inspect dcgan-64 | true`], {
    encoding: 'utf8'
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

it('a trainer that crashes is told as a failure that says how to go on', async () => {
  const { running, out } = await startTraining('--set', 'output.checkpointEvery=1', '--json')
  await running.lineThat(/"event":"checkpoint"/)
  const run = await onlyRun(out)
  const { pid } = z.object({ pid: z.int() }).parse(JSON.parse(await readFile(join(run, 'lock', 'owner.json'), 'utf8')))
  process.kill(pid, 'SIGKILL')
  const result = await running.result
  expect(result.code).toBe(1)
  expect(eventsIn(result).at(-1)).toMatchObject({ event: 'failed', code: 'trainer-crashed', run })
  expect(result.stderr).toMatch(/^trainer process: .* an end by SIGKILL .* kwiat resume /)
  expect(result.stderr).toMatch(/^Saved up to step \d+; go on: node .* resume /m)
  const { code } = await runCli(['resume', run, '--steps', `${(await wholeCheckpoints(run))[0]! + 1}`], { home })
  expect(code).toBe(0)
})
