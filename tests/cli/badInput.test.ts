import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { exists } from '../../src/main/files/exists'
import { idxImages } from '../data/support/idxBytes'
import { plainPng, pngClaiming, red } from '../data/support/pictureFiles'
import { tarBytes } from '../data/support/tarBytes'
import { zipBytes } from '../data/support/zipBytes'
import { tinyArchitecture } from '../model/tinyArchitecture'
import { canMount, smallDisk } from '../support/smallDisk'
import { temporaryFolder } from '../support/temporaryFolder'
import { everythingIn, flipByte, wholeCheckpoints } from '../train/support/runFolders'
import { eventsOf, writePictures } from '../train/support/sessions'
import { eventsIn, expectSentence, onlyRun, runCli, sharedFolder, trainTiny, withoutProgress } from './support'

const home = await sharedFolder()
let data = ''
/** Trained for 4 steps, with checkpoints after 2 and 4. */
let trained = ''

beforeAll(async () => {
  data = await writePictures(join(home, 'data'), 10)
  const args = trainTiny(data, '--steps', '4', '--set', 'output.checkpointEvery=2', '--out', join(home, 'trained'))
  expect(await runCli(args, { home })).toMatchObject({ code: 0 })
  trained = await onlyRun(join(home, 'trained'))
})

/** A copy of the trained run, to be spoilt. */
async function copyOfRun(): Promise<string> {
  const copy = join(await temporaryFolder(), 'run')
  for (const name of await everythingIn(trained)) {
    await (name.endsWith('/') ? mkdir(join(copy, name), { recursive: true }) : copyInto(copy, name))
  }
  return copy
}

async function copyInto(folder: string, name: string): Promise<void> {
  await mkdir(join(folder, name, '..'), { recursive: true })
  await writeFile(join(folder, name), await readFile(join(trained, name)))
}

interface BadData {
  readonly what: string
  /** Makes it in an empty folder and gives its path. */
  readonly make: (folder: string) => Promise<string>
  readonly pattern: RegExp
  readonly code: string
}

async function fileOf(folder: string, name: string, content: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

const badData: readonly BadData[] = [
  {
    what: 'a zip that was cut',
    make: async (folder) => {
      const entries = [{ name: 'a.png', content: await plainPng(16, red) }]
      return fileOf(folder, 'cut.zip', zipBytes(entries).subarray(0, -30))
    },
    pattern: /cut\.zip: expected .*, got .*; /,
    code: 'data-corrupt'
  },
  {
    what: 'a tar archive that reaches above its folder',
    make: async (folder) => {
      const entries = [{ name: '../../above.png', content: await plainPng(16, red) }]
      return fileOf(folder, 'above.tar', await tarBytes(entries))
    },
    pattern: /\.\.\/\.\.\/above\.png/,
    code: 'data-unsafe'
  },
  {
    what: 'an empty folder',
    make: async (folder) => folder,
    pattern: /expected pictures \(.*\), .*, got no files at all; /,
    code: 'data-empty'
  },
  {
    what: 'nothing but a picture of 30,000 × 30,000 pixels',
    make: async (folder) => {
      await fileOf(folder, 'huge.png', pngClaiming(30_000, 30_000))
      return folder
    },
    pattern: /huge\.png: .*30,?000 ?[×x] ?30,?000/,
    code: 'data-empty'
  },
  {
    what: 'an idx file with a wrong count',
    make: async (folder) => {
      const pictures = Array.from({ length: 3 }, () => new Uint8Array(16 * 16))
      return fileOf(folder, 't-images-idx3-ubyte', idxImages(pictures, 16, 16, 4))
    },
    pattern: /t-images-idx3-ubyte: expected .*, got .*; /,
    code: 'data-corrupt'
  }
]

describe('kwiat train with', () => {
  it.each(badData)('$what fails in a sentence, makes no run and imports nothing', async ({ make, pattern }) => {
    const own = await temporaryFolder()
    const path = await make(await temporaryFolder())
    expectSentence(await runCli(trainTiny(path), { home: own }), pattern)
    expect(await exists(join(own, 'runs'))).toBe(false)
    expect(await readdir(join(own, 'pictures')).catch(() => [])).toEqual([])
  })

  it('an unreadable picture among good ones leaves it out, says so, and kwiat data lists it', async () => {
    const own = await temporaryFolder()
    const folder = await writePictures(join(own, 'data'), 4)
    await writeFile(join(folder, 'broken.jpg'), 'no picture')
    const result = await runCli(trainTiny(folder, '--steps', '1', '--json'), { home: own })
    expect(result.code).toBe(0)
    expect(eventsOf(eventsIn(result), 'prepared')[0]).toMatchObject({
      pictures: 4,
      notices: [expect.stringMatching(/^1 .*broken\.jpg: .*; kwiat data lists them\.$/)]
    })
    const listed = await runCli(['data', folder], { home: own })
    expect(listed.stdout).toMatch(/^Pictures {3}4, /m)
    expect(listed.stdout).toMatch(/^Refused {4}1\n {2}broken\.jpg: /m)
  })
})

describe('kwiat data with --json', () => {
  it.each(badData)('tells $what as a failed event too', async ({ make, code }) => {
    const own = await temporaryFolder()
    const result = await runCli(['data', await make(await temporaryFolder()), '--json'], { home: own })
    expect(result.code).toBe(1)
    const [failed, ...others] = eventsIn(result)
    expect(failed).toMatchObject({ event: 'failed', code })
    expect(others).toEqual([])
    expect(withoutProgress(result.stderr)).toBe(`${eventsOf([failed!], 'failed')[0]!.message}\n`)
  })
})

describe('a checkpoint with a flipped byte', () => {
  async function spoiltRun(): Promise<string> {
    const run = await copyOfRun()
    const path = join(run, 'checkpoints', 'step-000004', 'ema.safetensors')
    await writeFile(path, flipByte(await readFile(path)))
    return run
  }

  it('is not generated from', async () => {
    const run = await spoiltRun()
    const out = await temporaryFolder()
    const pattern = /step-000004\/ema\.safetensors: expected the file that was saved, got .*; use another checkpoint/
    expectSentence(await runCli(['generate', run, '--out', join(out, 'sheet.png')], { home }), pattern)
    expect(await readdir(out)).toEqual([])
    expectSentence(await runCli(['inspect', join(run, 'checkpoints', 'step-000004')], { home }), pattern)
  })

  it('is passed over with a notice when the run is resumed, or refused when it is the one that is named', async () => {
    const run = await spoiltRun()
    const named = await runCli(['resume', join(run, 'checkpoints', 'step-000004'), '--steps', '6'], { home })
    expectSentence(named, /ema\.safetensors: expected the file that was saved, got /)
    const resumed = await runCli(['resume', run, '--steps', '6', '--json'], { home })
    expect(resumed.code).toBe(0)
    expect(eventsOf(eventsIn(resumed), 'prepared')[0]).toMatchObject({
      fromStep: 2,
      notices: [expect.stringMatching(/^step-000004 is broken and was passed over: /)]
    })
    expect(await wholeCheckpoints(run)).toEqual([6, 4, 2])
  })
})

it('a run whose settings have an unknown field is not resumed', async () => {
  const run = await copyOfRun()
  const path = join(run, 'run.json')
  await writeFile(path, (await readFile(path, 'utf8')).replace('"flip"', '"flop"'))
  expectSentence(await runCli(['resume', run, '--steps', '6'], { home }), /run\.json: expected .*, got .*flop.*; /)
  expect(await wholeCheckpoints(run)).toEqual([4, 2])
})

describe.skipIf(!canMount)('a full disk (needs mount)', () => {
  /** 4096 · 64 weights, their average and two slots: a checkpoint of 4.2 MB. */
  const large = ['--set', `architecture=${JSON.stringify({ ...tinyArchitecture(), latentSize: 4096 })}`]

  it('pauses the training before it is full: all is saved, in a sentence, and nothing else is left', async () => {
    const { folder } = smallDisk(6)
    const args = trainTiny(data, ...large, '--steps', '6', '--set', 'output.checkpointEvery=2', '--out', folder)
    const result = await runCli([...args, '--json'], { home })
    expect(result.code).toBe(0)
    const run = await onlyRun(folder)
    const finished = eventsOf(eventsIn(result), 'finished')[0]!
    expect(finished).toMatchObject({ reason: 'paused', run, problem: { code: 'disk-full' } })
    expect(finished.problem?.message).toMatch(
      /: expected .* of free space for the next checkpoint and for everything else, got a disk with .* free; free some space/
    )
    expect(result.stderr).toContain(finished.problem!.message)
    expect(result.stderr).toMatch(/^Go on: .* resume /m)
    expect(await wholeCheckpoints(run)).toEqual([finished.step])
    const saved = ['discriminator', 'ema', 'generator', 'optimizer'].map((part) => `${part}.safetensors`)
    const checkpoint = `checkpoints/step-${String(finished.step).padStart(6, '0')}`
    expect(await everythingIn(run)).toEqual(
      [
        'checkpoints/',
        `${checkpoint}/`,
        ...[...saved, 'manifest.json'].map((name) => `${checkpoint}/${name}`),
        'metrics.jsonl',
        'run.json'
      ].sort()
    )
  })

  it('without room for a single checkpoint is told before anything is trained', async () => {
    const { folder } = smallDisk(3)
    const result = await runCli(trainTiny(data, ...large, '--out', folder), { home })
    expectSentence(result, /: expected 4\.\d MB of free space for a checkpoint, got a disk with 3\.\d MB free; /)
    expect(await readdir(folder)).toEqual([])
  })

  it('while pictures are made leaves those that are whole', async () => {
    const { folder } = smallDisk(1)
    const filler = join(folder, 'filler')
    await writeFile(filler, new Uint8Array(2 ** 20 - 3 * 4096))
    const result = await runCli(['generate', trained, '--out', join(folder, 'made'), '--json'], { home })
    expect(result.code).toBe(1)
    expect(eventsIn(result)).toEqual([expect.objectContaining({ event: 'failed', code: 'disk-full' })])
    expect((await readdir(join(folder, 'made'))).filter((name) => name.startsWith('.'))).toEqual([])
    await truncate(filler)
    expect(await runCli(['generate', trained, '--out', join(folder, 'made')], { home })).toMatchObject({ code: 0 })
  })

  it('while pictures are imported leaves nothing of them', async () => {
    const { folder } = smallDisk(4)
    // 5000 flowers of 32 × 32 in colour are 15 MB.
    const result = await runCli(['data', 'flowers', '--json'], { home: folder })
    expect(result.code).toBe(1)
    expect(eventsIn(result)).toEqual([expect.objectContaining({ event: 'failed', code: 'disk-full' })])
    expect(await readdir(join(folder, 'pictures'))).toEqual([])
  })
})
