import { dirname, extname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { KwiatError } from '../../../../shared/errors'
import { ensureFolder } from '../../../files/atomicFolder'
import { nodeDisk } from '../../../files/disk'
import { explainDiskFaults } from '../../../files/explainDiskFaults'
import { replaceFile } from '../../../files/writeFile'
import { generatePictures } from '../../../services/generate'
import { encodePicture, encodeSheet } from '../../../train/pictureSheet'
import type { PictureBatch } from '../../../train/sampler'
import { findRun } from '../findRun'
import { parseWhole } from '../options'
import { printJsonLine } from '../output/json'
import { createProgressLine } from '../output/progressLine'

interface GenerateOptions {
  readonly count: number
  readonly seed: number
  readonly out: string
  readonly raw?: boolean
  readonly json?: boolean
}

/** Takes the pictures as they are made. */
interface Output {
  add(pictures: PictureBatch, first: number): Promise<void>
  finish(): Promise<void>
}

const help = `
Examples:
  kwiat generate photos-1a2b3c --out sheet.png
  kwiat generate runs/photos-1a2b3c --count 1000 --seed 7 --out pictures
  kwiat generate runs/photos-1a2b3c/checkpoints/step-000500 --out early.png

The same seed gives the same pictures; a larger count only adds to them. The pictures come from the running average of
the generator's weights, which are better than the newest ones; --raw shows those.`

/** More pictures would make a sheet that few programs open. */
const sheetHoldsAtMost = 4096

function save(path: string, png: Buffer): Promise<void> {
  const folder = dirname(path)
  const task = { task: 'saving pictures', folder, bytes: png.byteLength, safe: 'the pictures saved before are whole' }
  return explainDiskFaults(task, nodeDisk, async () => {
    await ensureFolder(folder)
    await replaceFile(path, png)
  })
}

function createFolderOutput(folder: string): Output {
  return {
    add: async (pictures, first) => {
      for (let index = 0; index < pictures.count; index++) {
        const name = `${String(first + index + 1).padStart(5, '0')}.png`
        await save(join(folder, name), await encodePicture(pictures, index))
      }
    },
    finish: async () => {}
  }
}

function createSheetOutput(path: string): Output {
  const batches: PictureBatch[] = []
  return {
    add: async (pictures) => {
      batches.push(pictures)
    },
    finish: async () => {
      const [first] = batches
      const count = batches.reduce((sum, batch) => sum + batch.count, 0)
      const pixels = Buffer.concat(batches.map((batch) => batch.pixels))
      await save(path, await encodeSheet({ ...first!, count, pixels }))
    }
  }
}

/** Endings that say that one file is wanted, but of a kind that isn't written. */
const otherPictures: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.tif', '.tiff', '.svg'])

/** A .png is one sheet; everything else is a folder with a PNG for each picture. */
function createOutput(out: string, count: number): Output {
  const ending = extname(out).toLowerCase()
  const isTooLarge = ending === '.png' && count > sheetHoldsAtMost
  if (isTooLarge || otherPictures.has(ending)) {
    throw new KwiatError('usage', {
      who: `--out ${out}`,
      expected: `a .png for a sheet of at most ${sheetHoldsAtMost} pictures, or the name of a folder`,
      actual: isTooLarge ? `a sheet of ${count}` : `a file ${ending}`,
      todo: 'give a folder, as --out pictures'
    })
  }
  return ending === '.png' ? createSheetOutput(resolve(out)) : createFolderOutput(resolve(out))
}

async function generate(from: string, { count, seed, out, raw, json }: GenerateOptions): Promise<void> {
  const output = createOutput(out, count)
  const line = createProgressLine(process.stderr)
  line.start('Generating')
  try {
    const request = { from: await findRun(from), count, seed, which: raw ? ('raw' as const) : ('ema' as const) }
    await generatePictures(request, async (pictures, first) => {
      await output.add(pictures, first)
      const done = first + pictures.count
      line.update(done, count, [`${done} of ${count} pictures`])
    })
    await output.finish()
  } finally {
    line.stop()
  }
  if (json) {
    printJsonLine({ event: 'generated', count, seed, path: resolve(out) })
  } else {
    process.stdout.write(`${count} pictures: ${resolve(out)}\n`)
  }
}

export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description('Make new pictures from what a run has learnt.')
    .argument('<run>', "a run's folder or name, or one of its checkpoints")
    .option('--count <count>', 'pictures to make', parseWhole(1, 100_000), 64)
    .option('--seed <number>', 'same seed, same pictures', parseWhole(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--raw', 'use the newest weights instead of their average')
    .requiredOption('--out <path>', 'a .png for one sheet, or a folder for one file a picture')
    .option('--json', 'say what was made as one JSON object')
    .addHelpText('after', help)
    .action(generate)
}
