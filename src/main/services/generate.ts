import { KwiatError } from '../../shared/errors'
import { withCleanup } from '../../shared/withCleanup'
import { readBounded } from '../files/readBounded'
import { decodeLatents } from '../latent/latentsFile'
import type { PictureBatch } from '../train/sampler'
import { type ModelSource, modelAt, OpenModel, type Weights } from './explore/openModel'

/**
 * Opens the generator that a path stands for, a checkpoint or a run's newest one, and closes it after `work`.
 *
 * @throws KwiatError when the path is no run, or the checkpoint is broken
 */
export async function withModel<Result>(
  from: string,
  weights: Weights,
  work: (model: OpenModel, source: ModelSource) => Promise<Result>
): Promise<Result> {
  const source = await modelAt(from, weights)
  return withCleanup(async (atEnd) => {
    const model = await OpenModel.open(source)
    atEnd(() => model.close())
    return work(model, source)
  })
}

/** So many pictures are held at once. */
const chunk = 64

/**
 * Makes `count` pictures and hands them to `use`, some at a time and in order.
 *
 * @param latentsOf the latents from the `first` on, `[count, latentSize]`
 */
export async function generatePictures(
  model: OpenModel,
  count: number,
  latentsOf: (first: number, count: number) => Float32Array,
  use: (pictures: PictureBatch, first: number) => Promise<void>
): Promise<void> {
  for (let first = 0; first < count; first += chunk) {
    await use(await model.pictures(latentsOf(first, Math.min(chunk, count - first))), first)
  }
}

const latentsFileBytesAtMost = 2 ** 28

/**
 * The latents in a file: Kwiat's JSON or a .npy.
 *
 * @returns `[count, latentSize]`
 * @throws KwiatError `latents-invalid`
 */
export async function readLatentsFile(path: string, latentSize: number): Promise<Float32Array> {
  const file = await readBounded(path, latentsFileBytesAtMost)
  if ('problem' in file) {
    throw new KwiatError('latents-invalid', {
      who: path,
      expected: `a file of latents of at most ${latentsFileBytesAtMost / 2 ** 20} MB`,
      actual: file.problem,
      todo: 'give a JSON file that Kwiat wrote, or a .npy'
    })
  }
  return decodeLatents(file.bytes, latentSize, path)
}
