import { KwiatError } from '../../shared/errors'
import { Random } from '../../shared/random/random'
import { listCheckpoints } from '../checkpoints/listCheckpoints'
import { readCheckpoint } from '../checkpoints/readCheckpoint'
import { openRun } from '../checkpoints/runFolder'
import { buildNetworks } from '../model/network'
import type { GeneratorChoice } from '../step/generateProgram'
import { createEngine } from '../train/createEngine'
import { type PictureBatch, PictureGenerator } from '../train/sampler'

export interface GenerateRequest {
  /** Path of a run's folder or of one of its checkpoints. */
  readonly from: string
  readonly count: number
  readonly seed: number
  readonly which: GeneratorChoice
}

/** The newest complete checkpoint's folder. */
async function newestCheckpoint(runFolder: string): Promise<string> {
  const newest = (await listCheckpoints(runFolder)).find(({ status }) => status === 'complete')
  if (newest === undefined) {
    throw new KwiatError('checkpoint-not-found', {
      who: runFolder,
      expected: 'a checkpoint',
      actual: 'a run without a whole one',
      todo: 'train it on with kwiat resume, or wait for its first checkpoint'
    })
  }
  return newest.folder
}

/**
 * Makes `count` pictures from Gaussian latents of the seed: the same seed gives the same pictures.
 *
 * @throws KwiatError when the path is no run, or the checkpoint is broken
 */
export async function generatePictures({ from, count, seed, which }: GenerateRequest): Promise<PictureBatch> {
  const { folder, file, checkpoint } = await openRun(from)
  const { state } = await readCheckpoint(checkpoint ?? (await newestCheckpoint(folder)))
  const engine = createEngine({ id: 'cpu' })
  try {
    const networks = buildNetworks(file.configuration.architecture)
    const generator = await PictureGenerator.prepare(engine, networks, file.configuration, which)
    const latents = new Random(seed, 'generate').normals(count * file.configuration.architecture.latentSize)
    return await generator.generate(await engine.createState(state), latents)
  } finally {
    await engine.dispose()
  }
}
