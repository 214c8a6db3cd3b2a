import { resolve } from 'node:path'
import type { Command } from 'commander'
import { rowsOf } from '../../../../shared/latent/rowOf'
import { maxTruncation, truncate } from '../../../../shared/latent/truncate'
import type { OpenModel } from '../../../services/explore/openModel'
import { generatePictures, readLatentsFile, withModel } from '../../../services/generate'
import { findRun } from '../findRun'
import { parseReal, parseWhole } from '../options'
import { printJsonLine } from '../output/json'
import { createPictureOutput } from '../output/pictureOutput'
import { createProgressLine } from '../output/progressLine'

interface GenerateOptions {
  readonly count: number
  readonly seed: number
  readonly truncation: number
  readonly latents?: string
  readonly out: string
  readonly raw?: boolean
  readonly json?: boolean
}

const help = `
Examples:
  kwiat generate photos-1a2b3c --out sheet.png
  kwiat generate runs/photos-1a2b3c --count 1000 --seed 7 --out pictures
  kwiat generate runs/photos-1a2b3c/checkpoints/step-000500 --out early.png
  kwiat generate photos-1a2b3c --truncation 0.7 --out typical.png
  kwiat generate photos-1a2b3c --latents favourites.json --out favourites.png

The same seed gives the same pictures; a larger count only adds to them. The pictures come from the running average of
the generator's weights, which are better than the newest ones; --raw shows those. A truncation below 1 moves all
pictures towards the mean one: less variety, fewer failures.`

/** Where the latents come from: a file, or the seed. */
async function latentSource(model: OpenModel, { latents: path, count, seed, truncation }: GenerateOptions) {
  if (path === undefined) {
    const drawn = (first: number, length: number) => model.seededLatents({ seed, first, count: length })
    return { count, latentsOf: (first: number, length: number) => truncate(drawn(first, length), truncation) }
  }
  const all = truncate(await readLatentsFile(path, model.latentSize), truncation)
  return {
    count: all.length / model.latentSize,
    latentsOf: (first: number, length: number) => rowsOf(all, first, length, model.latentSize)
  }
}

async function generate(from: string, options: GenerateOptions): Promise<void> {
  const { seed, out, raw, json, latents } = options
  const line = createProgressLine(process.stderr)
  // Before anything is made of many pictures.
  createPictureOutput(out, latents === undefined ? options.count : 1, framesPerSecond)
  line.start('Generating')
  const made = await withModel(await findRun(from), raw ? 'raw' : 'ema', async (model) => {
    const { count, latentsOf } = await latentSource(model, options)
    const output = createPictureOutput(out, count, framesPerSecond)
    await generatePictures(model, count, latentsOf, async (pictures, first) => {
      await output.add(pictures, first)
      const done = first + pictures.count
      line.update(done, count, [`${done} of ${count} pictures`])
    })
    await output.finish()
    return count
  }).finally(() => line.stop())
  if (json) {
    printJsonLine({ event: 'generated', count: made, seed: latents === undefined ? seed : null, path: resolve(out) })
  } else {
    process.stdout.write(`${made} pictures: ${resolve(out)}\n`)
  }
}

/** Of a GIF: slow enough to look at each picture. */
const framesPerSecond = 2

export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description('Make new pictures from what a run has learnt.')
    .argument('<run>', "a run's folder or name, or one of its checkpoints")
    .option('--count <count>', 'pictures to make', parseWhole(1, 100_000), 64)
    .option('--seed <number>', 'same seed, same pictures', parseWhole(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--truncation <psi>', 'towards the mean picture (0) or away from it', parseReal(0, maxTruncation), 1)
    .option('--latents <file>', 'make the pictures of the latents in a .json or .npy file')
    .option('--raw', 'use the newest weights instead of their average')
    .requiredOption('--out <path>', 'a .png for one sheet, a .gif, or a folder for one file a picture')
    .option('--json', 'say what was made as one JSON object')
    .addHelpText('after', help)
    .action(generate)
}
