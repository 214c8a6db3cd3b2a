import { resolve } from 'node:path'
import type { Command } from 'commander'
import { KwiatError } from '../../../../shared/errors'
import { framesOf, type LatentPath } from '../../../../shared/latent/path'
import { rowOf, rowsOf } from '../../../../shared/latent/rowOf'
import { maxTruncation, truncate } from '../../../../shared/latent/truncate'
import type { OpenModel } from '../../../services/explore/openModel'
import { generatePictures, readLatentsFile, withModel } from '../../../services/generate'
import { findRun } from '../findRun'
import { parseReal, parseWhole, parseWholes } from '../options'
import { printJsonLine } from '../output/json'
import { createPictureOutput } from '../output/pictureOutput'
import { createProgressLine } from '../output/progressLine'

interface InterpolateOptions {
  readonly pictures: readonly number[]
  readonly seed: number
  readonly latents?: string
  readonly frames: number
  readonly fps: number
  readonly loop?: boolean
  readonly linear?: boolean
  readonly eased?: boolean
  readonly truncation: number
  readonly raw?: boolean
  readonly out: string
  readonly json?: boolean
}

const help = `
Examples:
  kwiat interpolate photos-1a2b3c --pictures 1,5,9 --loop --out walk.gif
  kwiat interpolate photos-1a2b3c --latents favourites.json --eased --frames 300 --out frames
  kwiat interpolate photos-1a2b3c --pictures 1,2 --frames 8 --out steps.png

--pictures counts the pictures that kwiat generate makes with the same seed, from 1, row by row in its sheet. The way
between two of them keeps to the sphere that latents lie on, at constant speed; --linear takes the straight line.`

/** The latents that the way leads through. */
async function keyframesOf(model: OpenModel, options: InterpolateOptions): Promise<Float32Array[]> {
  const { latentSize } = model
  const { pictures, seed, latents: path } = options
  const keyframes =
    path === undefined
      ? pictures.map((number) => model.seededLatents({ seed, first: number - 1, count: 1 }))
      : await readLatentsFile(path, latentSize).then((all) =>
          Array.from({ length: all.length / latentSize }, (_, i) => rowOf(all, i, latentSize))
        )
  if (keyframes.length < 2) {
    throw new KwiatError('usage', {
      who: path ?? '--pictures',
      expected: 'two latents or more to go from one to the next',
      actual: `${keyframes.length}`,
      todo: 'name several, as --pictures 1,5,9'
    })
  }
  return keyframes.map((latent) => truncate(latent, options.truncation))
}

async function interpolate(from: string, options: InterpolateOptions): Promise<void> {
  const { frames, fps, loop = false, linear, eased, raw, out, json } = options
  const output = createPictureOutput(out, frames, fps)
  const line = createProgressLine(process.stderr)
  line.start('Drawing')
  const keyframes = await withModel(await findRun(from), raw ? 'raw' : 'ema', async (model) => {
    const path: LatentPath = {
      keyframes: await keyframesOf(model, options),
      loop,
      interpolation: linear ? 'lerp' : 'slerp',
      easing: eased ? 'eased' : 'constant'
    }
    const latents = framesOf(path, frames)
    const latentsOf = (first: number, count: number) => rowsOf(latents, first, count, model.latentSize)
    await generatePictures(model, frames, latentsOf, async (pictures, first) => {
      await output.add(pictures, first)
      const done = first + pictures.count
      line.update(done, frames, [`${done} of ${frames} frames`])
    })
    await output.finish()
    return path.keyframes.length
  }).finally(() => line.stop())
  if (json) {
    printJsonLine({ event: 'interpolated', frames, keyframes, framesPerSecond: fps, path: resolve(out) })
  } else {
    process.stdout.write(`${frames} frames through ${keyframes} pictures: ${resolve(out)}\n`)
  }
}

export function addInterpolateCommand(program: Command): void {
  program
    .command('interpolate')
    .description('Make a film of the way from picture to picture through what a run has learnt.')
    .argument('<run>', "a run's folder or name, or one of its checkpoints")
    .option('--pictures <numbers>', 'pictures of the seed to go through, from 1', parseWholes(1, 100_000), [1, 2, 3, 4])
    .option('--seed <number>', 'same seed, same pictures', parseWhole(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--latents <file>', 'go through the latents in a .json or .npy file instead')
    .option('--frames <count>', 'frames to make', parseWhole(2, 100_000), 90)
    .option('--fps <number>', 'frames a second of a .gif', parseReal(1, 50), 30)
    .option('--loop', 'go on from the last picture to the first')
    .option('--linear', 'take the straight line instead of the sphere')
    .option('--eased', 'slow down at each picture')
    .option('--truncation <psi>', 'towards the mean picture (0) or away from it', parseReal(0, maxTruncation), 1)
    .option('--raw', 'use the newest weights instead of their average')
    .requiredOption('--out <path>', 'a .gif, a .png for one sheet, or a folder for one file a frame')
    .option('--json', 'say what was made as one JSON object')
    .addHelpText('after', help)
    .action(interpolate)
}
