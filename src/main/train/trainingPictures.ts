import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { TrainingEvent } from '../../shared/contract/training'
import type { HostTensor } from '../../shared/tensor'
import { detectSource } from '../data/detectSource'
import { importPictures } from '../data/import/importPictures'
import type { Manifest } from '../data/import/manifest'
import { type Batches, createBatches } from '../data/pictures/createBatches'
import { openPictures, type PictureStore } from '../data/pictures/openPictures'

/** The pictures of a run in the order in which it learns from them. */
export interface TrainingPictures {
  readonly count: number
  /** Equal for equal pictures. */
  readonly fingerprint: string
  /** What the user should know of them, as how many were refused. */
  readonly notices: readonly string[]
  /** Batches for iteration t, one for each of the discriminator's updates: uint8 [batch, size, size, channels]. */
  batchesAt(iteration: number): Promise<readonly HostTensor[]>
  /**
   * `count` different pictures, at most as many as there are, as bytes `[count, size, size, channels]`: always the same
   * ones, in random order, mirrored as training mirrors them.
   */
  sample(count: number): Promise<Uint8Array>
  close(): Promise<void>
}

export interface OpenPicturesPorts {
  /** Folder of imported pictures. */
  readonly picturesFolder: string
  readonly stop: AbortSignal
  readonly emit: (event: TrainingEvent) => void
}

/**
 * Imports what stands at `path`, or finds its import, and orders it by the run's seed.
 *
 * @throws KwiatError for what can't be used, see `detectSource` and `importPictures`
 * @throws Cancelled
 */
export async function openTrainingPictures(
  path: string,
  { architecture, data, schedule }: RunConfiguration,
  { picturesFolder, stop, emit }: OpenPicturesPorts
): Promise<TrainingPictures> {
  const { pictureSize: size, channels } = architecture
  const { folder } = await importPictures(
    await detectSource(path),
    { size, channels, crop: data.crop, classes: data.classes },
    picturesFolder,
    { signal: stop, onProgress: (progress) => emit({ event: 'importing', ...progress }) }
  )
  const store = await openPictures(folder)
  const order = { seed: schedule.seed, flip: data.flip, classes: [] }
  const batches = createBatches(store, { ...order, batchSize: schedule.batchSize })
  return {
    ...trainingPictures(store, batches, schedule.discriminatorSteps),
    sample: async (count) => {
      const first = createBatches(store, { ...order, batchSize: count, readAhead: 0 })
      return Uint8Array.from((await first.batchAt(0)).pictures.data)
    }
  }
}

const trainingPictures = (
  store: PictureStore,
  batches: Batches,
  updates: number
): Omit<TrainingPictures, 'sample'> => ({
  count: batches.pictureCount,
  fingerprint: store.manifest.fingerprint,
  notices: refusalNotices(store.manifest),
  batchesAt: async (iteration) => {
    const batch = async (update: number) => (await batches.batchAt(iteration * updates + update)).pictures
    return Promise.all(Array.from({ length: updates }, (_, update) => batch(update)))
  },
  close: () => store.close()
})

/** One sentence about refused pictures, with the first of them. */
function refusalNotices({ source, refused, refusedCount }: Manifest): string[] {
  const first = refused[0]
  return first === undefined
    ? []
    : [
        `${refusedCount} pictures of ${source.name} could not be used (the first is ${first.name}: ${first.reason}); kwiat data lists them.`
      ]
}
