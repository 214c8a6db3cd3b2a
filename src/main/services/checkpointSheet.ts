import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { withCleanup } from '../../shared/withCleanup'
import { stepOfName } from '../checkpoints/checkpointPaths'
import { openRun, samplePath } from '../checkpoints/runFolder'
import { unlessMissing } from '../files/nodeErrors'
import { replaceFile } from '../files/writeFile'
import { encodeSheet } from '../train/pictureSheet'
import { fixedLatents } from '../train/sampler'
import { OpenModel } from './explore/openModel'

/** A sheet that was made later than its checkpoint stands beside the manifest and goes with it. */
const sheetPath = (checkpoint: string): string => join(checkpoint, 'grid.png')

/** The sheet of a checkpoint that is on the disk: its step's sample grid or one that was made before; null if there is none. */
export async function findCheckpointSheet(runFolder: string, checkpoint: string): Promise<Uint8Array | null> {
  const step = stepOfName(basename(checkpoint))
  const sample = step === null ? null : await unlessMissing(readFile(samplePath(runFolder, step)), null)
  return sample ?? (await unlessMissing(readFile(sheetPath(checkpoint)), null))
}

/**
 * The run's fixed latents as a checkpoint's averaged generator draws them, as PNG: the same picture that training would
 * have saved at this step. It is kept for the next time where the disk takes it.
 *
 * @throws KwiatError `run-not-found`, `checkpoint-not-found`, `checkpoint-broken`, `engine-failed`
 */
export async function makeCheckpointSheet(checkpoint: string): Promise<Uint8Array> {
  const { configuration } = (await openRun(checkpoint)).file
  return withCleanup(async (atEnd) => {
    const model = await OpenModel.open({ checkpoint, weights: 'ema' })
    atEnd(() => model.close())
    const png = await encodeSheet(await model.pictures(fixedLatents(configuration)))
    await replaceFile(sheetPath(checkpoint), png).catch(() => undefined)
    return png
  })
}
