import { describe, expect, it, onTestFinished } from 'vitest'
import { type BatchOptions, createBatches } from '../../../src/main/data/pictures/createBatches'
import { openPictures, type PictureStore } from '../../../src/main/data/pictures/openPictures'
import { rejection } from '../../support/rejection'
import { importedSet } from '../support/setOf'

const bytes = 16 * 16 * 3
const options: BatchOptions = { seed: 3, batchSize: 4, flip: false, classes: [] }

async function storeOf(count: number, classNames?: readonly string[], residentBytes?: number): Promise<PictureStore> {
  const store = await openPictures((await importedSet(count, classNames)).folder, residentBytes)
  onTestFinished(() => store.close())
  return store
}

/** The store, with a list of what was asked of it. */
function watched(store: PictureStore): { store: PictureStore; reads: number[][] } {
  const reads: number[][] = []
  return {
    reads,
    store: {
      ...store,
      read: (indices, out) => {
        reads.push([...indices])
        return store.read(indices, out)
      }
    }
  }
}

describe('batches', () => {
  it('are uint8 [batch, size, size, channels] with int32 labels that belong to the pictures', async () => {
    const batches = createBatches(await storeOf(6, ['odd', 'even']), options)
    expect(batches.pictureCount).toBe(6)
    const { pictures, labels } = await batches.batchAt(0)
    expect(pictures).toMatchObject({ dtype: 'uint8', shape: [4, 16, 16, 3] })
    expect(labels).toMatchObject({ dtype: 'int32', shape: [4] })
    const values = [0, 1, 2, 3].map((i) => pictures.data[i * bytes + bytes - 1]!)
    // Picture 1 is odd, and "even" comes first in the list of classes.
    expect([...labels.data]).toEqual(values.map((value) => value % 2))
    expect(new Set(values).size).toBe(4)
  })

  it('are the same in memory and on the disk, with flips', async () => {
    const { folder } = await importedSet(11)
    const [resident, streamed] = [await openPictures(folder), await openPictures(folder, 0)]
    onTestFinished(() => streamed.close())
    const [one, other] = [resident, streamed].map((store) => createBatches(store, { ...options, flip: true }))
    for (const iteration of [0, 1, 2, 3, 9, 5]) {
      expect(await other!.batchAt(iteration)).toEqual(await one!.batchAt(iteration))
    }
  })

  it('are the same after a resume at any iteration', async () => {
    const store = await storeOf(7)
    const all = createBatches(store, { ...options, flip: true })
    const sequence = []
    for (let iteration = 0; iteration < 12; iteration++) {
      sequence.push(await all.batchAt(iteration))
    }
    const resumed = createBatches(store, { ...options, flip: true })
    for (let iteration = 5; iteration < 12; iteration++) {
      expect(await resumed.batchAt(iteration)).toEqual(sequence[iteration])
    }
  })

  it('mirror pictures left to right and change nothing else', async () => {
    const store = await storeOf(4)
    const plain = await createBatches(store, options).batchAt(0)
    const flipped = await createBatches(store, { ...options, flip: true, seed: 3 }).batchAt(0)
    // The upper left pixel is black; mirrored, it is the upper right one.
    const corners = [0, 1, 2, 3].map((i) =>
      [flipped.pictures.data[i * bytes], flipped.pictures.data[i * bytes + 45]].indexOf(0)
    )
    expect(corners).toContain(0)
    expect(corners).toContain(1)
    expect([...flipped.pictures.data].sort()).toEqual([...plain.pictures.data].sort())
  })

  it('hold chosen classes only, and name those that there are', async () => {
    const store = await storeOf(9, ['a', 'b', 'c'])
    const batches = createBatches(store, { ...options, classes: ['c', 'a'] })
    expect(batches.pictureCount).toBe(6)
    for (let iteration = 0; iteration < 5; iteration++) {
      const { labels } = await batches.batchAt(iteration)
      expect([...labels.data].every((label) => label === 0 || label === 2)).toBe(true)
    }
    expect((await rejection('class-unknown', () => createBatches(store, { ...options, classes: ['d'] }))).message).toBe(
      'test: expected a class among a, b, c, got "d"; choose one of those, or none to use all.'
    )
  })

  it('work for sets smaller than a batch', async () => {
    const { pictures } = await createBatches(await storeOf(3), { ...options, batchSize: 8 }).batchAt(0)
    const values = Array.from({ length: 8 }, (_, i) => pictures.data[(i + 1) * bytes - 1]!)
    expect([values.slice(0, 3).sort(), values.slice(3, 6).sort()]).toEqual([
      [1, 2, 3],
      [1, 2, 3]
    ])
  })
})

describe('reading ahead', () => {
  it('has asked for the next two batches when one is given, and asks for none twice', async () => {
    const { store, reads } = watched(await storeOf(40))
    const batches = createBatches(store, options)
    for (let iteration = 0; iteration < 4; iteration++) {
      await batches.batchAt(iteration)
      expect(reads).toHaveLength(iteration + 3)
    }
  })

  it('asks for each batch once when several are taken at a time, as many as are read ahead', async () => {
    const { store, reads } = watched(await storeOf(40))
    const batches = createBatches(store, { ...options, readAhead: 5 })
    for (let step = 0; step < 3; step++) {
      await Promise.all([0, 1, 2, 3, 4].map((update) => batches.batchAt(5 * step + update)))
      expect(reads).toHaveLength(5 * step + 10)
    }
  })

  it('keeps a failure for the one who asks for that batch', async () => {
    const store = await storeOf(40)
    let reads = 0
    const failing: PictureStore = {
      ...store,
      read: async (indices, out) => {
        if (reads++ === 1) {
          throw new Error('second batch')
        }
        await store.read(indices, out)
      }
    }
    const batches = createBatches(failing, options)
    await batches.batchAt(0)
    await expect(batches.batchAt(1)).rejects.toThrow('second batch')
  })
})
