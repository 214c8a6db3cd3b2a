import { KwiatError } from '../../../shared/errors'
import { openRun } from '../../checkpoints/runFolder'
import { openPictures, type PictureStore } from '../../data/pictures/openPictures'
import { importFrom } from '../datasets'

export interface RunPictures {
  /** To be closed; read from the disk as needed. */
  readonly store: PictureStore
  /** Whether the run shows its pictures mirrored too. */
  readonly mirrored: boolean
}

/**
 * Opens the pictures that a run learns from; they are imported again where their import is gone.
 *
 * @param path of the run's folder, or of a checkpoint in it
 * @throws KwiatError when they are no longer there, or are others by now
 * @throws Cancelled
 */
export async function openRunPictures(path: string, signal?: AbortSignal): Promise<RunPictures> {
  const { configuration, data } = (await openRun(path)).file
  const { pictureSize: size, channels } = configuration.architecture
  const { crop, classes, flip } = configuration.data
  const { folder, manifest } = await importFrom(data.source, { size, channels, crop, classes }, { signal })
  if (data.fingerprint !== null && data.fingerprint !== manifest.fingerprint) {
    throw new KwiatError('run-mismatch', {
      who: data.source,
      expected: 'the pictures that the run was trained with',
      actual: 'other pictures',
      todo: 'put them back as they were'
    })
  }
  return { store: await openPictures(folder, 0), mirrored: flip }
}
