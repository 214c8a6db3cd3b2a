import { KwiatError } from '../../shared/errors'
import { Random } from '../../shared/random/random'
import { withCleanup } from '../../shared/withCleanup'
import { listCheckpoints } from '../checkpoints/listCheckpoints'
import { readCheckpoint } from '../checkpoints/readCheckpoint'
import { openRun } from '../checkpoints/runFolder'
import { buildNetworks, disposeNetworks } from '../model/network'
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

/** So many pictures are held at once. */
const chunk = 64

/** The folder of the newest checkpoint; it is an error when that one is broken, so that nobody takes an older one for it. */
async function newestCheckpoint(runFolder: string): Promise<string> {
  const [newest] = await listCheckpoints(runFolder)
  if (newest === undefined) {
    throw new KwiatError('checkpoint-not-found', {
      who: runFolder,
      expected: 'a checkpoint',
      actual: 'a run without any',
      todo: 'wait for its first one, or train it on with kwiat resume'
    })
  }
  return newest.folder
}

/** z of picture `index`: N(0, 1), the same however many pictures are made. `[latentSize]` */
const latentOf = (seed: number, index: number, latentSize: number): Float32Array =>
  new Random(seed, 'generate', index).normals(latentSize)

/**
 * Makes `count` pictures from Gaussian latents of the seed and hands them to `use`, some at a time and in order: the same
 * seed gives the same pictures.
 *
 * @throws KwiatError when the path is no run, or the checkpoint is broken
 */
export async function generatePictures(
  { from, count, seed, which }: GenerateRequest,
  use: (pictures: PictureBatch, first: number) => Promise<void>
): Promise<void> {
  const { folder, file, checkpoint } = await openRun(from)
  const { state } = await readCheckpoint(checkpoint ?? (await newestCheckpoint(folder)))
  await withCleanup(async (atEnd) => {
    const engine = createEngine({ id: 'cpu' })
    atEnd(() => engine.dispose())
    const { architecture } = file.configuration
    const networks = buildNetworks(architecture)
    atEnd(async () => disposeNetworks(networks))
    const generator = await PictureGenerator.prepare(engine, networks, file.configuration, which)
    const weights = await engine.createState(state)
    for (let first = 0; first < count; first += chunk) {
      const size = Math.min(chunk, count - first)
      const latents = new Float32Array(size * architecture.latentSize)
      for (let i = 0; i < size; i++) {
        latents.set(latentOf(seed, first + i, architecture.latentSize), i * architecture.latentSize)
      }
      await use(await generator.generate(weights, latents), first)
    }
  })
}
