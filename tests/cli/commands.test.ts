import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { applySetting } from '../../src/shared/config/settings'
import { engineIds } from '../../src/shared/contract/training'
import { notebookPair } from '../model/interchange/kerasModels'
import { temporaryFolder } from '../support/temporaryFolder'
import { eventsIn, expectSentence, runCli, sharedFolder, trainedRun } from './support'

const home = await sharedFolder()
let data = ''
let run = ''

beforeAll(async () => {
  ;({ data, run } = await trainedRun(home))
})

/** The one JSON object that a command writes to stdout. */
async function jsonOf(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCli([...args, '--json'], { home })
  expect({ code, stderr }).toMatchObject({ code: 0 })
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

describe('--help', () => {
  const commands =
    'flowers train resume generate interpolate project export import inspect check data doctor bench'.split(' ')

  it('lists the commands, says where to begin, and what exit codes mean', async () => {
    const { code, stdout } = await runCli(['--help'], { home })
    expect(code).toBe(0)
    for (const command of commands) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b.*`, 'm'))
    }
    expect(stdout).toContain('Begin here:\n  kwiat start')
    expect(stdout).toMatch(/^Exit codes: 0 .*; 1 .*; 130 /m)
  })

  it.each(commands)('of %s teaches: what it is for, what each option means, and how it is used', async (command) => {
    const { code, stdout } = await runCli([command, '--help'], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^Usage: kwiat ${command} .*\\n\\n[A-Z][^.]*\\.`))
    // An option without a meaning would stand alone on its line.
    const options = /^Options:\n((?:.+\n)+)/m.exec(stdout)?.[1]?.match(/^ {2}-.*$/gm) ?? []
    expect(options.length).toBeGreaterThan(0)
    expect(options.filter((line) => !/ {2}\S.* {2,}\S/.test(line))).toEqual([])
    expect(stdout).toMatch(/^ {2}kwiat \w+/m)
  })

  it('of train names settings that there are', async () => {
    const { stdout } = await runCli(['train', '--help'], { home })
    const settings = [...stdout.matchAll(/--set ([\w.]+)=(\S+)/g)].map(([, path, value]) => [path!, value!] as const)
    expect(settings.length).toBeGreaterThan(5)
    for (const preset of presetNames) {
      for (const [path, value] of settings) {
        expect(applySetting(loadPreset(preset), path, value)).toMatchObject({ preset })
      }
    }
  })

  it('is shown, with an exit code of its own, where there is no command', async () => {
    const { code, stdout, stderr } = await runCli([], { home })
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('Begin here:') })
  })
})

describe('kwiat inspect', () => {
  it('of a preset shows layers, shapes, parameters and multiply-adds as Keras does', async () => {
    const { code, stdout } = await runCli(['inspect', 'chollet-32'], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^generator\nLayer +Type +Output +Parameters +Multiply-adds/m)
    expect(stdout).toMatch(/^6,264,579 parameters · [\d,]+ multiply-adds a picture$/m)
    expect(stdout).toMatch(/^790,913 parameters · [\d,]+ multiply-adds a picture$/m)
    expect(stdout).toMatch(/^dense +Dense +32768 +1,081,344 +1,048,576$/m)
    expect(stdout).toMatch(/Conv2DTranspose +32 × 32 × 256 +1,048,832 /)
  })

  it('gives the same as one JSON object', async () => {
    expect(await jsonOf('inspect', 'chollet-32')).toMatchObject({
      event: 'inspected',
      preset: 'chollet-32',
      networks: [
        { role: 'generator', parameters: 6_264_579 },
        { role: 'discriminator', parameters: 790_913 }
      ]
    })
  })

  it('of a run tells what it is and which checkpoints it has', async () => {
    const { code, stdout } = await runCli(['inspect', run], { home })
    expect(code).toBe(0)
    expect(stdout).toContain(`Run          ${run}\n`)
    expect(stdout).toMatch(/^Begun .* from preset flowers-32, seed 0, engine cpu$/m)
    expect(stdout).toContain(`Pictures     ${data}\nCheckpoints  steps 2, 1, of 2\n\ngenerator\n`)
  })

  it('of a checkpoint tells what is saved in it', async () => {
    const checkpoint = join(run, 'checkpoints', 'step-000001')
    expect(await jsonOf('inspect', checkpoint)).toMatchObject({
      checkpoint,
      step: 1,
      kimg: 0.004,
      metrics: { step: 1 }
    })
    const missing = await runCli(['inspect', join(run, 'checkpoints', 'step-000007')], { home })
    expectSentence(missing, /step-000007: expected the folder of a checkpoint, got nothing; /)
  })

  it('of anything else says what it takes', async () => {
    expectSentence(
      await runCli(['inspect', 'chollet'], { home }),
      /chollet: expected a run’s folder, .*, got nothing; /
    )
  })
})

describe('kwiat check', () => {
  async function writePair(): Promise<string[]> {
    const folder = await temporaryFolder()
    const { generator, discriminator } = notebookPair(3)
    const paths = ['generator.json', 'discriminator.json'].map((name) => join(folder, name))
    await Promise.all([generator, discriminator].map((model, i) => writeFile(paths[i]!, JSON.stringify(model))))
    return paths
  }

  it('finds the mistakes of the seed notebook’s pair on their layers, and fails', async () => {
    const { code, stdout } = await runCli(['check', ...(await writePair())], { home })
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^Error strided-convolution-in-generator\n {2}generator, layer conv2d_1 \(Conv2D\): expected /m
    )
    expect(stdout).toMatch(/^Warning linear-after-linear\n {2}generator, layer conv2d_2 \(Conv2D\): /m)
    expect(stdout).toMatch(/^Note .*discriminator: It is frozen: trainable = False disables learning/m)
    expect(stdout).toContain('Repair: Make it a Conv2DTranspose')
  })

  it('says the same in Polish, and as one JSON object', async () => {
    const pair = await writePair()
    const polish = await runCli(['check', ...pair, '--language', 'pl'], { home })
    expect(polish.stdout).toMatch(
      /^Błąd strided-convolution-in-generator\n {2}generator, warstwa conv2d_1 \(Conv2D\) – oczekiwane: /m
    )
    const json = await runCli(['check', ...pair, '--json'], { home })
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      event: 'checked',
      problems: [{ code: 'strided-convolution-in-generator' }, { code: 'output-size' }, { code: 'linear-after-linear' }]
    })
  })

  it('has nothing to say against a preset, and explains its layers when asked', async () => {
    const { code, stdout } = await runCli(['check', 'chollet-32', '--explain'], { home })
    expect(code).toBe(0)
    expect(stdout).toContain('What it does: Turns 32 numbers into 32,768, enough for 128 maps of 16×16')
    expect(stdout).toMatch(/^In training: 640 GFLOP an iteration, about [\d.]+ MB of memory$/m)
    expect(stdout).toMatch(/Nothing is wrong\.\n$/)
  })

  it('shows a pair that does not fit as a table all the same', async () => {
    const { code, stdout } = await runCli(['inspect', ...(await writePair())], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^conv2d_1 +Conv2D +8 × 8 × 256 /m)
  })
})

describe('kwiat generate', () => {
  const generate = (out: string, ...more: string[]) => runCli(['generate', run, '--out', out, ...more], { home })

  it('makes the same sheet for the same seed, and another one for another seed', async () => {
    const folder = join(await temporaryFolder(), 'new', 'folder')
    const sheetOf = async (name: string, ...more: string[]) => {
      const path = join(folder, name)
      expect(await generate(path, '--count', '5', ...more)).toMatchObject({ code: 0, stdout: `5 pictures: ${path}\n` })
      return readFile(path)
    }
    const sheet = await sheetOf('a.png', '--seed', '7')
    expect(await sharp(sheet).metadata()).toMatchObject({ format: 'png', width: 200, height: 134 })
    expect(await sheetOf('b.png', '--seed', '7')).toEqual(sheet)
    expect(await sheetOf('c.png', '--seed', '8')).not.toEqual(sheet)
    expect(await sheetOf('d.png', '--seed', '7', '--raw')).not.toEqual(sheet)
  })

  it('makes a file a picture in a folder, the same ones whatever their number', async () => {
    const folder = await temporaryFolder()
    await generate(join(folder, 'few'), '--count', '3')
    await generate(join(folder, 'more'), '--count', '12')
    const names = ['00001.png', '00002.png', '00003.png']
    expect((await readdir(join(folder, 'few'))).sort()).toEqual(names)
    expect(await readdir(join(folder, 'more'))).toHaveLength(12)
    const files = await Promise.all(names.map((name) => readFile(join(folder, 'few', name))))
    expect(await Promise.all(names.map((name) => readFile(join(folder, 'more', name))))).toEqual(files)
    expect(files[0]).not.toEqual(files[1])
    expect(await sharp(files[0]).metadata()).toMatchObject({ format: 'png', width: 16, height: 16, channels: 1 })
  })

  it('takes a checkpoint too, and tells what it made as JSON', async () => {
    const path = join(await temporaryFolder(), 'early.png')
    const checkpoint = join(run, 'checkpoints', 'step-000001')
    expect(await jsonOf('generate', checkpoint, '--count', '2', '--seed', '1', '--out', path)).toEqual({
      event: 'generated',
      count: 2,
      seed: 1,
      path
    })
  })

  it('refuses other kinds of picture files, and sheets that nothing could open', async () => {
    const folder = await temporaryFolder()
    expectSentence(
      await generate(join(folder, 'a.jpg')),
      /a\.jpg: expected a \.png .* or the name of a folder, got a file \.jpg; /
    )
    expectSentence(await generate(join(folder, 'a.png'), '--count', '5000'), /got a sheet of 5000; give a folder/)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('kwiat data', () => {
  it('tells what was found', async () => {
    const { code, stdout } = await runCli(['data', data, '--size', '16'], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^data \(pictures\)\nPictures {3}10, imported as 16 × 16, colour\nClasses {4}unsorted 10\n/)
    expect(stdout).toMatch(/^Originals {2}16 × 16 to 16 × 16 pixels$/m)
    expect(stdout).toMatch(/^Refused {4}none$/m)
  })

  it('gives the same as one JSON object', async () => {
    expect(await jsonOf('data', data, '--size', '16', '--grey')).toMatchObject({
      event: 'data',
      source: { kind: 'pictures', name: 'data' },
      options: { size: 16, channels: 1 },
      count: 10,
      classes: [{ name: 'unsorted', count: 10 }],
      refusedCount: 0,
      refused: []
    })
  })
})

it('kwiat doctor tries every engine and names versions, memory and folders', async () => {
  expect(await jsonOf('doctor')).toMatchObject({
    event: 'examined',
    versions: {
      kwiat: '0.1.0',
      onnxruntime: expect.any(String),
      tfjs: expect.any(String),
      node: process.versions.node
    },
    memory: { totalBytes: expect.any(Number), freeBytes: expect.any(Number) },
    folders: { runs: join(home, 'runs'), pictures: join(home, 'pictures') },
    engines: engineIds.map((id) =>
      id === 'cpu' || id === 'eager'
        ? { id, state: 'works', description: expect.stringMatching(/onnxruntime|tfjs/), problem: null }
        : { id, state: expect.stringMatching(/works|missing|fails/) }
    )
  })
})

describe('kwiat bench', () => {
  const benchmark = z.strictObject({
    event: z.literal('benchmark'),
    preset: z.literal('flowers-32'),
    batch: z.literal(32),
    stepMs: z.number().positive(),
    gflop: z.number().positive(),
    gflops: z.number().positive(),
    sgemmGflops: z.number().positive(),
    ratio: z.number().positive(),
    compileMs: z.number().positive(),
    overhead: z.number().min(0).max(1),
    peakMemoryBytes: z.number().positive()
  })

  it('gives figures that belong together', async () => {
    const entry = benchmark.parse(await jsonOf('bench', '--preset', 'flowers-32', '--seconds', '1'))
    expect(entry.gflops).toBeCloseTo(entry.gflop / (entry.stepMs / 1000), 6)
    expect(entry.ratio).toBeCloseTo(entry.gflops / entry.sgemmGflops, 9)
  })

  it('says at once when there is no such preset', async () => {
    const result = await runCli(['bench', '--preset', 'flowers-32', 'nothing', '--json'], { home })
    expect(result.code).toBe(1)
    expect(eventsIn(result)).toEqual([expect.objectContaining({ event: 'failed', code: 'usage' })])
  })
})
