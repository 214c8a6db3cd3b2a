import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changeStorage, clearPictures, readStorage } from '../../src/main/services/storage'
import { userFolders } from '../../src/main/services/userFolders'
import { temporaryFolder } from '../support/temporaryFolder'

async function foldersIn() {
  const root = await temporaryFolder()
  return { root, read: () => userFolders({ KWIAT_HOME: root }) }
}

test('another storage folder is where every process makes runs and imports from then on', async () => {
  const { root, read } = await foldersIn()
  const disk = join(root, 'disk')
  await changeStorage(read(), disk)
  expect(read()).toMatchObject({
    storage: disk,
    runs: join(disk, 'runs'),
    pictures: join(disk, 'pictures'),
    earlierRuns: [join(root, 'runs')],
    studioFile: join(root, 'studio.json')
  })
})

test('all earlier folders stay known, each once, also after going back', async () => {
  const { root, read } = await foldersIn()
  await changeStorage(read(), join(root, 'a'))
  await changeStorage(read(), join(root, 'b'))
  expect(read().earlierRuns).toEqual([join(root, 'a', 'runs'), join(root, 'runs')])
  await changeStorage(read(), root)
  expect(read().runs).toBe(join(root, 'runs'))
  expect(read().earlierRuns).toEqual([join(root, 'b', 'runs'), join(root, 'a', 'runs')])
})

test('a file that can’t be understood is passed over', async () => {
  const { root, read } = await foldersIn()
  await writeFile(join(root, 'storage.json'), '{"folder": 3}')
  expect(read().runs).toBe(join(root, 'runs'))
})

test('tells what imported pictures take, and clears them', async () => {
  const { root, read } = await foldersIn()
  await mkdir(join(root, 'pictures', 'flowers-32-1'), { recursive: true })
  await writeFile(join(root, 'pictures', 'flowers-32-1', 'pixels.u8'), new Uint8Array(1000))
  const { pictureBytes, freeBytes } = await readStorage(read())
  expect(pictureBytes).toBe(1000)
  expect(freeBytes).toBeGreaterThan(0)
  await clearPictures(read())
  expect(await readdir(join(root, 'pictures'))).toEqual([])
  expect((await readStorage(read())).pictureBytes).toBe(0)
})
