import { open, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPictures, type PictureStore } from '../../../src/main/data/pictures/openPictures'
import { rejection } from '../../support/rejection'
import { importedSet } from '../support/setOf'

const bytes = 16 * 16 * 3

async function opened(folder: string, residentBytes?: number): Promise<PictureStore> {
  const store = await openPictures(folder, residentBytes)
  onTestFinished(() => store.close())
  return store
}

async function flipByte(path: string, position: number): Promise<void> {
  const handle = await open(path, 'r+')
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position)
  await handle.write(Buffer.of(buffer[0]! ^ 1), 0, 1, position)
  await handle.close()
}

describe.each([
  ['in memory', undefined],
  ['on the disk', 0]
])('pictures %s', (_, residentBytes) => {
  it('are those of the file, in the order asked for, with their labels', async () => {
    const { folder, manifest } = await importedSet(5, ['a', 'b'])
    const store = await opened(folder, residentBytes)
    expect(store.manifest).toEqual(manifest)
    expect([...store.labels]).toEqual([0, 1, 0, 1, 0])
    const file = await readFile(join(folder, 'pixels.u8'))
    const out = new Uint8Array(3 * bytes)
    await store.read(Uint32Array.of(4, 0, 4), out)
    const pictureAt = (index: number) => file.subarray(index * bytes, (index + 1) * bytes)
    expect(Buffer.from(out).equals(Buffer.concat([pictureAt(4), pictureAt(0), pictureAt(4)]))).toBe(true)
  })

  it('are not opened when a label was changed or a file is gone', async () => {
    const { folder } = await importedSet(3)
    await flipByte(join(folder, 'labels.i32'), 0)
    expect((await rejection('data-corrupt', () => openPictures(folder, residentBytes))).message).toMatch(
      /labels\.i32: expected the content that was imported, got other content; remove the import’s folder and import again\.$/
    )
    await rm(join(folder, 'pixels.u8'))
    await rejection('data-corrupt', () => openPictures(folder, residentBytes))
  })
})

describe('an import that was changed', () => {
  it('by one bit is found when it is read into memory', async () => {
    const { folder } = await importedSet(3)
    await flipByte(join(folder, 'pixels.u8'), 1000)
    expect((await rejection('data-corrupt', () => openPictures(folder))).message).toMatch(
      /pixels\.u8: expected the content/
    )
  })

  it('by cutting it off while it is streamed is found when the picture is asked for', async () => {
    const { folder } = await importedSet(3)
    const store = await opened(folder, 0)
    await truncate(join(folder, 'pixels.u8'), 2 * bytes + 10)
    const error = await rejection('data-corrupt', () => store.read(Uint32Array.of(2), new Uint8Array(bytes)))
    expect(error.message).toMatch(/expected all its pictures, got a shorter file than before; /)
    await store.read(Uint32Array.of(1), new Uint8Array(bytes))
  })
})

describe('reading from the disk', () => {
  it('goes on while this thread is busy', async () => {
    const { folder } = await importedSet(64)
    const store = await opened(folder, 0)
    const out = new Uint8Array(64 * bytes)
    const reading = store.read(
      Uint32Array.from({ length: 64 }, (_, i) => i),
      out
    )
    const deadline = performance.now() + 10_000
    // No promise and no callback runs in this loop, as in a step that blocks the thread.
    while (out.some((value, i) => i % bytes === bytes - 1 && value === 0) && performance.now() < deadline) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
    expect(Array.from({ length: 64 }, (_, i) => out[(i + 1) * bytes - 1])).toEqual(
      Array.from({ length: 64 }, (_, i) => i + 1)
    )
    await reading
  })
})
