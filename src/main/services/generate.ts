import { withCleanup } from '../../shared/withCleanup'
import type { PictureBatch } from '../train/sampler'
import { modelAt, OpenModel, type Weights } from './explore/openModel'

export interface GenerateRequest {
  /** Path of a run's folder or of one of its checkpoints. */
  readonly from: string
  readonly count: number
  readonly seed: number
  readonly which: Weights
}

/** So many pictures are held at once. */
const chunk = 64

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
  const source = await modelAt(from, which)
  await withCleanup(async (atEnd) => {
    const model = await OpenModel.open(source)
    atEnd(() => model.close())
    for (let first = 0; first < count; first += chunk) {
      const size = Math.min(chunk, count - first)
      await use(await model.pictures(model.seededLatents({ seed, first, count: size })), first)
    }
  })
}
