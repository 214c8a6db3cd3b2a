import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { detectSource } from '../../src/main/data/detectSource'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { cifarBytes } from './support/cifarBytes'
import { idxImages } from './support/idxBytes'
import { plainPng, red } from './support/pictureFiles'
import { tarBytes } from './support/tarBytes'
import { zipBytes } from './support/zipBytes'

async function saved(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, content)
  return path
}

const png = Buffer.from('a picture')
const batch = cifarBytes([{ labels: [1], planes: [1, 2, 3] }])
const images = idxImages([Buffer.alloc(4)], 2, 2)

describe('what a path holds', () => {
  it('is the built-in flowers for the word', async () => {
    expect(await detectSource('flowers')).toMatchObject({ kind: 'flowers', pictureCount: 5000 })
  })

  it.each([
    ['set.zip', () => zipBytes([{ name: 'a.png', content: png }]), 'pictures'],
    ['zip-under-another-name.dat', () => zipBytes([{ name: 'a.png', content: png }]), 'pictures'],
    ['zip-of-batches.zip', () => zipBytes([{ name: 'a.bin', content: batch }]), 'cifar'],
    ['zip-of-idx.zip', () => zipBytes([{ name: 'x-images-idx3-ubyte.gz', content: gzipSync(images) }]), 'idx'],
    ['set.tar', () => tarBytes([{ name: 'a.png', content: png }]), 'pictures'],
    ['set.tgz', async () => gzipSync(await tarBytes([{ name: 'frog/a.png', content: png }])), 'pictures'],
    ['tar-under-another-name', async () => gzipSync(await tarBytes([{ name: 'a.bin', content: batch }])), 'cifar'],
    ['a.bin', () => batch, 'cifar'],
    ['x-images-idx3-ubyte', () => images, 'idx'],
    ['other-name.gz', () => gzipSync(images), 'idx']
  ])('is told by the content of %s', async (name, content, kind) => {
    expect(await detectSource(await saved(name, await content()))).toMatchObject({ kind, pictureCount: 1 })
  })

  it('prefers pictures where there are other things too', async () => {
    const path = await saved('set.zip', zipBytes(['a.bin', 'b.png'].map((name) => ({ name, content: batch }))))
    expect(await detectSource(path)).toMatchObject({ kind: 'pictures', pictureCount: 1, otherFiles: 1 })
  })
})

describe('a path that is of no use', () => {
  it('is not found', async () => {
    const path = join(await temporaryFolder(), 'nothing')
    expect((await rejection('data-not-found', () => detectSource(path))).message).toBe(
      `${path}: expected a folder or a file, got nothing there; check the path, or give "flowers" for the built-in pictures.`
    )
  })

  it('is an empty folder, or one with other files only: it says what was looked for', async () => {
    const folder = await temporaryFolder()
    const looksFor =
      'expected pictures (JPEG, PNG, WebP, GIF, TIFF, BMP), CIFAR batches (*.bin) or idx files (*-idx3-ubyte)'
    const messageOf = async () => (await rejection('data-empty', () => detectSource(folder))).message
    expect(await messageOf()).toContain(
      `${looksFor}, got no files at all; give a folder or an archive that holds pictures.`
    )
    await writeFile(join(folder, 'notes.txt'), 'notes')
    expect(await messageOf()).toContain(`${looksFor}, got other files only (1); `)
    expect(
      (await rejection('data-empty', async () => detectSource(await saved('empty.zip', zipBytes([]))))).message
    ).toContain(`empty.zip: ${looksFor}, got no files at all; `)
  })

  it('is a zip or tar by name, but not by content', async () => {
    for (const name of ['page.zip', 'page.tar', 'page.tar.gz']) {
      const path = await saved(name, '<html>404</html>'.repeat(100))
      expect((await rejection('data-corrupt', () => detectSource(path))).message).toMatch(
        /^page\..*expected a whole (zip|tar) archive, got /
      )
    }
  })

  it('is a single picture or anything else', async () => {
    const single = await saved('rose.png', await plainPng(4, red))
    expect((await rejection('data-unsupported', () => detectSource(single))).message).toMatch(
      /got a single picture; give the folder that the picture lies in\.$/
    )
    const other = await saved('book.pdf', '%PDF-1.7')
    expect((await rejection('data-unsupported', () => detectSource(other))).message).toMatch(
      /expected a folder, a zip or tar archive, a CIFAR batch \(\*\.bin\) or an idx file of pictures, got a file of another kind; put the pictures into a folder and give that\.$/
    )
  })
})
