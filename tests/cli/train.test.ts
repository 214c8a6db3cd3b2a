import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { nameRun } from '../../src/main/host/cli/commands/train'
import { temporaryFolder } from '../support/temporaryFolder'
import { metricSteps, wholeCheckpoints } from '../train/support/runFolders'
import { eventsOf, outline, writePictures } from '../train/support/sessions'
import { eventsIn, expectSentence, onlyRun, runCli, sharedFolder, startCli, trainTiny } from './support'

const home = await sharedFolder()
let data = ''

beforeAll(async () => {
  data = await writePictures(join(home, 'pictures-of-noise'), 10)
})

describe('kwiat train', () => {
  it('with --json writes events on stdout, one a line, and nothing else', async () => {
    const out = await temporaryFolder()
    const result = await runCli(trainTiny(data, '--steps', '3', '--seed', '1', '--out', out, '--json'), { home })
    expect(result.code).toBe(0)
    const events = eventsIn(result)
    expect(outline(events.filter(({ event }) => event !== 'importing'))).toEqual([
      'prepared',
      'step 1',
      'step 2',
      'step 3',
      'sample 3',
      'checkpoint 3',
      'finished 3'
    ])
    for (const [i, step] of eventsOf(events, 'step').entries()) {
      expect(step).toMatchObject({ step: i + 1, kimg: (4 * (i + 1)) / 1000 })
      expect([step['loss/d'], step['loss/g']].every(Number.isFinite)).toBe(true)
    }
    expect(eventsOf(events, 'finished')[0]).toMatchObject({ run: await onlyRun(out), reason: 'done' })
    expect(result.stderr).not.toMatch(/tensorflow|warning/i)
  })

  it('shows progress, losses and time left, and ends with commands that work as they stand', async () => {
    const cwd = await temporaryFolder()
    // The longest line of progress, but for the last one, comes with the first step.
    const result = await runCli(trainTiny(data, '--steps', '3', '--out', 'my runs'), { home, cwd })
    const run = await onlyRun(join(cwd, 'my runs'))
    expect(result).toMatchObject({ code: 0, signal: null })
    expect(result.stderr).toMatch(/^10 pictures · generator [\d,]+ parameters · discriminator [\d,]+$/m)
    expect(result.stderr).toContain(`run: ${run}\n`)
    expect(result.stderr).toMatch(
      /^Training +33% │ [\d.]+ s left · loss D [\d.]+ G [\d.]+ · step 1 \/ 3 · 0\.004 kimg · D\(x\) 0[\d.]+ D\(G\(z\)\) 0[\d.]+ · [\d.]+ s\/step$/m
    )
    expect(result.stderr).toMatch(/^Training 100% │ 0 s left · .* step 3 \/ 3 /m)
    expect(result.stdout).toContain('Done after step 3; everything is saved.\n')

    const commandAfter = (label: string) => new RegExp(`^${label}: +(.*)$`, 'm').exec(result.stdout)?.[1] ?? ''
    for (const label of ['Pictures', 'Go on']) {
      const { status, stderr } = spawnSync('sh', ['-c', commandAfter(label)], {
        cwd,
        encoding: 'utf8',
        env: { ...process.env, KWIAT_HOME: home }
      })
      expect({ status, stderr }).toMatchObject({ status: 0 })
    }
    expect(await sharp(join(cwd, 'sheet.png')).metadata()).toMatchObject({ format: 'png' })
    expect(await wholeCheckpoints(run)).toEqual([6, 3])
  })

  it('finds its pictures again from any folder, and its run by the name alone', async () => {
    const own = await temporaryFolder()
    const trained = await runCli(trainTiny(basename(data), '--steps', '2'), { home: own, cwd: dirname(data) })
    expect(trained.code).toBe(0)
    const run = await onlyRun(join(own, 'runs'))
    expect(basename(run)).toMatch(/^pictures-of-noise-[0-9a-f]{6}$/)
    const resumed = await runCli(['resume', basename(run), '--steps', '3', '--json'], { home: own, cwd: own })
    expect(eventsIn(resumed).at(-1)).toEqual({ event: 'finished', step: 3, run, reason: 'done' })
    expect(await metricSteps(run)).toEqual([1, 2, 3])
  })

  it('takes settings from --set, the preset’s where nothing is said', async () => {
    const out = await temporaryFolder()
    const settings = ['loss.kind=minimax', 'generatorOptimizer.learningRate=0.0125', 'output.sampleCount=2']
    const args = trainTiny(data, '--steps', '1', '--out', out, ...settings.flatMap((setting) => ['--set', setting]))
    expect(await runCli(args, { home })).toMatchObject({ code: 0 })
    const file: unknown = JSON.parse(await readFile(join(await onlyRun(out), 'run.json'), 'utf8'))
    expect(file).toMatchObject({
      configuration: {
        preset: 'flowers-32',
        loss: { kind: 'minimax', realTarget: 0.9 },
        generatorOptimizer: { kind: 'adam', learningRate: 0.0125, beta1: 0.5 },
        schedule: { steps: 1, batchSize: 4 },
        output: { sampleCount: 2 }
      }
    })
  })

  it('lets only one process train a run', async () => {
    const out = await temporaryFolder()
    const first = startCli(trainTiny(data, '--steps', '100000', '--out', out, '--json'), { home })
    await first.lineThat(/"event":"step"/)
    const run = await onlyRun(out)
    const second = await runCli(['resume', run], { home })
    expectSentence(second, /expected a run that nothing else is training, got process \d+ on /)
    first.child.kill('SIGTERM')
    expect((await first.result).code).toBe(0)
  })
})

describe('kwiat train refuses, in a sentence that says what to do,', () => {
  const refusals: readonly { what: string; args: () => string[]; pattern: RegExp }[] = [
    {
      what: 'an unknown field',
      args: () => trainTiny(data, '--set', 'schedule.batchsize=4'),
      pattern: /^schedule\.batchsize: expected a field of schedule .*; write "batchSize" or remove it\.$/m
    },
    {
      what: 'an impossible value',
      args: () => trainTiny(data, '--set', 'schedule.emaDecay=2'),
      pattern: /^schedule\.emaDecay: expected a number from 0 to 0\.99999, got 2; change it\.$/m
    },
    {
      what: 'a setting without a value',
      args: () => trainTiny(data, '--set', 'schedule.emaDecay'),
      pattern: /^--set: expected path\.to\.field=value, got schedule\.emaDecay; /
    },
    {
      what: 'an unknown preset',
      args: () => ['train', '--preset', 'chollet', '--data', data],
      pattern: /^preset: expected one of chollet-32, dcgan-32, dcgan-64, flowers-32, got chollet; /
    },
    {
      what: 'an unknown class',
      args: () => trainTiny(data, '--class', 'frog'),
      pattern: /expected a class among unsorted, got "frog"; /
    },
    {
      what: 'pictures that are not there',
      args: () => trainTiny(join(data, 'missing')),
      pattern: /missing: expected a folder or a file, got nothing there; check the path/
    },
    {
      what: 'networks that do not fit the pictures',
      args: () => trainTiny(data, '--set', 'architecture.pictureSize=32'),
      pattern: /^generator, layer .*: expected an output of shape 32×32×1: the picture, got 16×16×1; /
    }
  ]

  it.each(refusals)('$what', async ({ args, pattern }) => {
    expectSentence(await runCli(args(), { home }), pattern)
  })

  it.each([
    { what: 'a number out of range', args: ['--steps', '0'], pattern: /Expected a whole number from 1 to 100000000/ },
    {
      what: 'an unknown engine',
      args: ['--engine', 'gpu'],
      pattern: /Allowed choices are auto, cpu, webgpu, cuda, dml, coreml, tfjs-node-gpu, tfjs-node, eager/
    },
    {
      what: 'an unknown option',
      args: ['--stepz', '5'],
      pattern: /unknown option '--stepz'\n\(Did you mean --steps\?\)/
    }
  ])('$what', async ({ args, pattern }) => {
    const { code, stdout, stderr } = await runCli(trainTiny(data, ...args), { home })
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(pattern) })
    expect(stderr).toContain('(add --help to see what the command takes)')
  })

  it('and with --json as an event too, whoever finds the fault', async () => {
    const faults = [
      { args: trainTiny(data, '--set', 'schedule.emaDecay=2'), code: 'configuration-invalid' },
      { args: trainTiny(join(data, 'missing')), code: 'data-not-found' },
      { args: trainTiny(data, '--steps', 'many'), code: 'usage' }
    ]
    for (const { args, code } of faults) {
      const result = await runCli([...args, '--json'], { home })
      expect(result.code).toBe(1)
      const [failed, ...others] = eventsIn(result)
      expect(failed).toMatchObject({ event: 'failed', code })
      expect(others).toEqual([])
      expect(result.stderr).not.toBe('')
    }
  })
})

it.each([
  { path: '/a/cifar10-frog.zip', classes: [], name: 'cifar10-frog' },
  { path: '/a/cifar-10-binary.tar.gz', classes: ['frog'], name: 'cifar-10-binary-frog' },
  { path: '/a/train-images-idx3-ubyte.gz', classes: [], name: 'train-images-idx3-ubyte' },
  { path: '/a/photos.2024', classes: ['a', 'b'], name: 'photos.2024' },
  { path: 'flowers', classes: [], name: 'flowers' },
  { path: '/', classes: [], name: 'run' },
  { path: `/${'x'.repeat(200)}`, classes: [], name: 'x'.repeat(60) }
])('a run of $path is called $name', ({ path, classes, name }) => {
  expect(nameRun(path, classes)).toBe(name)
})
