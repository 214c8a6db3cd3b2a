import { KwiatError } from '../../../shared/errors'
import type { HostTensor } from '../../../shared/tensor'
import { selectClasses } from '../selectClasses'
import { mirror } from './mirror'
import type { PictureStore } from './openPictures'
import { type OrderOptions, PictureOrder } from './pictureOrder'

interface Batch {
  /** uint8 [batch, size, size, channels] */
  readonly pictures: HostTensor
  /** int32 [batch]: positions in the manifest's classes. */
  readonly labels: HostTensor
}

export interface BatchOptions extends OrderOptions {
  /** Classes to show; none named means all. */
  readonly classes: readonly string[]
  /** Batches that are read while the current one is used; at least those that a caller takes in one step. */
  readonly readAhead?: number
}

export interface Batches {
  /** Pictures that take part. */
  readonly pictureCount: number
  /**
   * The batch of an iteration, counted from 0; the same whenever and in whichever order it is asked for. The reading of
   * the next ones is then under way, so that it happens while the caller uses this one.
   */
  batchAt(iteration: number): Promise<Batch>
}

const defaultReadAhead = 2

/**
 * Batches of pictures in random order, see `PictureOrder`.
 *
 * @throws KwiatError `class-unknown`, `data-empty`
 */
export function createBatches(
  store: PictureStore,
  { classes, readAhead = defaultReadAhead, ...options }: BatchOptions
): Batches {
  const pictures = picturesOf(store, classes)
  const order = new PictureOrder(pictures, options)
  const pending = new Map<number, Promise<Batch>>()

  function request(iteration: number): Promise<Batch> {
    const standing = pending.get(iteration)
    if (standing !== undefined) {
      return standing
    }
    const batch = readBatch(store, order, iteration)
    // Its failure is thrown to the one who asks for it; until then it must not count as unhandled.
    batch.catch(() => undefined)
    pending.set(iteration, batch)
    return batch
  }

  return {
    pictureCount: pictures.length,
    batchAt: async (iteration) => {
      const batch = await request(iteration)
      for (const other of pending.keys()) {
        if (other <= iteration || other > iteration + readAhead) {
          pending.delete(other)
        }
      }
      for (let ahead = 1; ahead <= readAhead; ahead++) {
        request(iteration + ahead)
      }
      return batch
    }
  }
}

function picturesOf({ manifest, labels }: PictureStore, wanted: readonly string[]): Uint32Array {
  const names = manifest.classes.map(({ name }) => name)
  const chosen = new Set(selectClasses(manifest.source.name, names, wanted))
  const isChosen = names.map((name) => chosen.has(name))
  const pictures = Uint32Array.from(labels.keys()).filter((index) => isChosen[labels[index]!])
  if (pictures.length === 0) {
    throw new KwiatError('data-empty', {
      who: manifest.source.name,
      expected: 'pictures in the chosen classes',
      actual: 'none',
      todo: 'choose other classes'
    })
  }
  return pictures
}

async function readBatch(store: PictureStore, order: PictureOrder, iteration: number): Promise<Batch> {
  const { size, channels } = store.manifest.options
  const { indices, mirrored } = order.planOf(iteration)
  const bytes = size * size * channels
  const pixels = new Uint8Array(indices.length * bytes)
  await store.read(indices, pixels)
  mirrored.forEach((isMirrored, i) => {
    if (isMirrored === 1) {
      mirror(pixels.subarray(i * bytes, (i + 1) * bytes), size, channels)
    }
  })
  return {
    pictures: { dtype: 'uint8', shape: [indices.length, size, size, channels], data: pixels },
    labels: { dtype: 'int32', shape: [indices.length], data: Int32Array.from(indices, (index) => store.labels[index]!) }
  }
}
