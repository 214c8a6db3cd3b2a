import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { detectSource } from '../../../src/main/data/detectSource'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { cifar10Names, cifarBytes } from '../support/cifarBytes'
import { entriesOf, namesOf } from '../support/entriesOf'
import { tarBytes } from '../support/tarBytes'

async function saved(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content)
  }
  return folder
}

const frog = { labels: [6], planes: [10, 20, 30], firstPixel: [1, 2, 3] } as const
const cat = { labels: [3], planes: [40, 50, 60] } as const
const meta = `${cifar10Names.join('\n')}\n\n`

describe('CIFAR-10', () => {
  it.each([
    [
      'a tar.gz',
      async () => {
        const archive = await tarBytes([
          { name: 'cifar-10-batches-bin/data_batch_1.bin', content: cifarBytes([frog, cat]) },
          { name: 'cifar-10-batches-bin/batches.meta.txt', content: meta },
          { name: 'cifar-10-batches-bin/readme.html', content: 'read me' }
        ])
        return join(await saved({ 'cifar.tar.gz': gzipSync(archive) }), 'cifar.tar.gz')
      },
      'cifar-10-batches-bin/data_batch_1.bin',
      1
    ],
    [
      'a folder',
      () => saved({ 'data_batch_1.bin': cifarBytes([frog, cat]), 'batches.meta.txt': meta }),
      'data_batch_1.bin',
      0
    ],
    [
      'a batch with the names beside it',
      async () =>
        join(
          await saved({ 'data_batch_1.bin': cifarBytes([frog, cat]), 'batches.meta.txt': meta }),
          'data_batch_1.bin'
        ),
      'data_batch_1.bin',
      0
    ]
  ])(
    'in %s gives pictures with the planes interleaved, under the names of the classes',
    async (_, save, file, otherFiles) => {
      const source = await detectSource(await save())
      expect(source).toMatchObject({ kind: 'cifar', pictureCount: 2, otherFiles })
      expect(source.classes.map(({ name }) => name)).toEqual(cifar10Names)
      const entries = await entriesOf(source)
      expect(namesOf(entries)).toEqual([`${file}#0 frog`, `${file}#1 cat`])
      const [first] = entries
      expect(first).toMatchObject({ picture: { kind: 'raw', width: 32, height: 32, channels: 3 } })
      const pixels = first?.kind === 'picture' && first.picture.kind === 'raw' ? first.picture.pixels : []
      expect([...pixels].slice(0, 6)).toEqual([1, 2, 3, 10, 20, 30])
      expect([...pixels].slice(-3)).toEqual([10, 20, 30])
    }
  )

  it('without names has the labels as classes, and reads the wanted ones', async () => {
    const source = await detectSource(await saved({ 'a.bin': cifarBytes([frog, cat, frog]) }))
    expect(source.classes.map(({ name }) => name)).toEqual([...'0123456789'])
    expect(namesOf(await entriesOf(source, ['6']))).toEqual(['a.bin#0 6', 'a.bin#2 6'])
  })

  it('is corrupt when a batch is cut off, by the bytes that there are', async () => {
    const path = await saved({ 'a.bin': cifarBytes([frog, cat]).subarray(0, 5000) })
    const error = await rejection('data-corrupt', () => detectSource(path))
    expect(error.message).toBe(
      'a.bin: expected a multiple of 3073 (CIFAR-10) or 3074 (CIFAR-100) bytes, got 5000 bytes; ' +
        'check that it is whole and readable, or get it again.'
    )
  })

  it('is corrupt with a label that has no class', async () => {
    const source = await detectSource(await saved({ 'a.bin': cifarBytes([frog, { ...cat, labels: [10] }]) }))
    const error = await rejection('data-corrupt', () => entriesOf(source))
    expect(error.message).toMatch(/^a\.bin: expected labels below 10, got label 10 in record 1; /)
  })

  it('is corrupt when the names are not ten different ones', async () => {
    const path = await saved({ 'a.bin': cifarBytes([frog]), 'batches.meta.txt': 'frog\ncat\n' })
    const error = await rejection('data-corrupt', () => detectSource(path))
    expect(error.message).toMatch(/^batches\.meta\.txt: expected 10 different class names, got 2 lines; /)
  })
})

describe('CIFAR-100', () => {
  it('takes the fine label', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `fine-${i}`)
    const source = await detectSource(
      await saved({
        'train.bin': cifarBytes([{ labels: [4, 77], planes: [1, 2, 3] }]),
        'fine_label_names.txt': names.join('\n'),
        'coarse_label_names.txt': 'fish'
      })
    )
    expect(source).toMatchObject({ kind: 'cifar', pictureCount: 1, otherFiles: 1 })
    const entries = await entriesOf(source)
    expect(namesOf(entries)).toEqual(['train.bin#0 fine-77'])
    expect(entries[0]).toMatchObject({ picture: { pixels: expect.objectContaining({ 0: 1, 1: 2, 2: 3 }) } })
  })
})
