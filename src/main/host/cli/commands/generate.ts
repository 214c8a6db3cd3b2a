import { mkdir, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Command } from 'commander'
import { generatePictures } from '../../../services/generate'
import { encodePicture, encodeSheet } from '../../../train/pictureSheet'
import type { PictureBatch } from '../../../train/sampler'
import { parseWhole } from '../options'

interface GenerateOptions {
  readonly count: number
  readonly seed: number
  readonly out: string
  readonly raw?: boolean
}

/** One PNG sheet, or a folder with a PNG for each picture. */
async function save(pictures: PictureBatch, out: string): Promise<void> {
  if (extname(out).toLowerCase() === '.png') {
    await writeFile(out, await encodeSheet(pictures))
    return
  }
  await mkdir(out, { recursive: true })
  for (let index = 0; index < pictures.count; index++) {
    const name = `${String(index + 1).padStart(5, '0')}.png`
    await writeFile(join(out, name), await encodePicture(pictures, index))
  }
}

export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description('Make new pictures from what a run has learnt.')
    .argument('<run>', "a run's folder, or one of its checkpoints")
    .option('--count <count>', 'pictures to make', parseWhole('--count', 1, 100_000), 64)
    .option('--seed <number>', 'same seed, same pictures', parseWhole('--seed', 0, Number.MAX_SAFE_INTEGER), 0)
    .option('--raw', 'use the newest weights instead of their average')
    .requiredOption('--out <path>', 'a .png for one sheet, or a folder for one file a picture')
    .action(async (from: string, { count, seed, out, raw }: GenerateOptions) => {
      await save(await generatePictures({ from, count, seed, which: raw ? 'raw' : 'ema' }), out)
      process.stderr.write(`${count} pictures: ${out}\n`)
    })
}
