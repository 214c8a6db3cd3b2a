import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { KwiatError } from '../../../../shared/errors'
import { openRun } from '../../../checkpoints/runFolder'
import { maxPictureBytes } from '../../../data/limits'
import { readBounded } from '../../../files/readBounded'
import { encodeLatentsJson } from '../../../latent/latentsFile'
import { decodeTarget } from '../../../services/explore/decodeTarget'
import { nearestPictures } from '../../../services/explore/nearestPictures'
import { originOf } from '../../../services/explore/openModel'
import { type Projection, project } from '../../../services/explore/project'
import { withModel } from '../../../services/generate'
import { encodePicture } from '../../../train/pictureSheet'
import type { PictureBatch } from '../../../train/sampler'
import { findRun } from '../findRun'
import { parseWhole } from '../options'
import { formatFigure } from '../output/format'
import { printJsonLine } from '../output/json'
import { saveFile } from '../output/pictureOutput'
import { createProgressLine } from '../output/progressLine'

interface ProjectOptions {
  readonly seed: number
  readonly starts: number
  readonly steps: number
  readonly raw?: boolean
  readonly out: string
  readonly json?: boolean
}

const help = `
Examples:
  kwiat project photos-1a2b3c my-flower.jpg --out projected
  kwiat generate photos-1a2b3c --latents projected/latent.json --out again.png

Looks for the latent whose picture comes nearest to yours: how would the model have made it? The folder then holds
target.png (your picture as the model sees it), projected.png, latent.json, and nearest.png, the picture that the run
learnt from that is nearest to yours. PSNR above 30 dB and SSIM near 1 are near.`

async function readTarget(from: string, path: string): Promise<PictureBatch> {
  const file = await readBounded(path, maxPictureBytes)
  if ('problem' in file) {
    throw new KwiatError('picture-unreadable', {
      who: path,
      expected: 'a picture',
      actual: file.problem,
      todo: 'check the path'
    })
  }
  const { architecture, data } = (await openRun(from)).file.configuration
  return decodeTarget(file.bytes, path, {
    size: architecture.pictureSize,
    channels: architecture.channels,
    crop: data.crop
  })
}

const figuresOf = ({ psnr, ssim }: Pick<Projection, 'psnr' | 'ssim'>): string[] => [
  `PSNR ${formatFigure(psnr)} dB`,
  `SSIM ${formatFigure(ssim)}`
]

async function saveAll(folder: string, pictures: Readonly<Record<string, PictureBatch>>, latent: Uint8Array) {
  for (const [name, picture] of Object.entries(pictures)) {
    await saveFile(join(folder, `${name}.png`), await encodePicture(picture, 0))
  }
  await saveFile(join(folder, 'latent.json'), latent)
}

async function projectPicture(run: string, path: string, options: ProjectOptions): Promise<void> {
  const from = await findRun(run)
  const target = await readTarget(from, path)
  const line = createProgressLine(process.stderr)
  const { steps, raw, json } = options
  line.start('Projecting')
  const { found, latent } = await withModel(from, raw ? 'raw' : 'ema', async (model, source) => {
    const result = await project(model, target.pixels, options, {
      onProgress: (progress) =>
        line.update(progress.step, steps, [`${progress.step} of ${steps} steps`, ...figuresOf(progress)])
    })
    const rows = { count: 1, latentSize: model.latentSize, latents: result.latent }
    return { found: result, latent: encodeLatentsJson(rows, await originOf(source)) }
  }).finally(() => line.stop())
  const nearest = await nearestPictures(from, target.pixels, { distance: 'pyramid', count: 1 })
  const folder = resolve(options.out)
  const projected = { ...target, pixels: found.pixels }
  await saveAll(folder, { target, projected, nearest: nearest.pictures }, latent)
  const [neighbour] = nearest.neighbours[0]!
  if (json) {
    const psnr = Number.isFinite(found.psnr) ? found.psnr : null
    printJsonLine({ event: 'projected', psnr, ssim: found.ssim, nearest: neighbour, path: folder })
  } else {
    process.stdout.write(`${figuresOf(found).join(', ')}: ${folder}\n`)
  }
}

export function addProjectCommand(program: Command): void {
  program
    .command('project')
    .description('Find how a run would have made a picture of your own.')
    .argument('<run>', "a run's folder or name, or one of its checkpoints")
    .argument('<picture>', 'a jpeg, png, webp, gif, tiff or bmp')
    .option('--seed <number>', 'where to begin looking', parseWhole(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--starts <count>', 'latents that descend side by side', parseWhole(1, 64), 8)
    .option('--steps <count>', 'steps of the descent', parseWhole(10, 5000), 200)
    .option('--raw', 'use the newest weights instead of their average')
    .requiredOption('--out <folder>', 'where to put the latent and the pictures')
    .option('--json', 'say what was found as one JSON object')
    .addHelpText('after', help)
    .action(projectPicture)
}
