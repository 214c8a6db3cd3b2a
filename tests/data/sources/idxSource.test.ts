import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { detectSource } from '../../../src/main/data/detectSource'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { entriesOf, namesOf } from '../support/entriesOf'
import { idxImages, idxLabels } from '../support/idxBytes'

const imagesName = 'train-images-idx3-ubyte'
const labelsName = 'train-labels-idx1-ubyte'
/** Three pictures of 3 rows and 2 columns. */
const pictures = [1, 2, 3].map((value) => Buffer.alloc(6, value))

/** Saves files in a folder; gives the path of the first. */
async function saved(files: Record<string, Uint8Array>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content)
  }
  return join(folder, Object.keys(files)[0] ?? '')
}

describe('idx files', () => {
  it.each([
    ['plain', { [imagesName]: idxImages(pictures, 3, 2), [labelsName]: idxLabels([7, 0, 7]) }],
    [
      'gzip',
      {
        [`${imagesName}.gz`]: gzipSync(idxImages(pictures, 3, 2)),
        [`${labelsName}.gz`]: gzipSync(idxLabels([7, 0, 7]))
      }
    ],
    [
      'gzip with plain labels',
      { [`${imagesName}.gz`]: gzipSync(idxImages(pictures, 3, 2)), [labelsName]: idxLabels([7, 0, 7]) }
    ],
    [
      'with a dot in the name',
      { 'train-images.idx3-ubyte': idxImages(pictures, 3, 2), 'train-labels.idx1-ubyte': idxLabels([7, 0, 7]) }
    ]
  ])('give their pictures with the labels found beside them (%s)', async (_, files) => {
    const path = await saved(files)
    for (const place of [path, join(path, '..')]) {
      const source = await detectSource(place)
      expect(source).toMatchObject({
        kind: 'idx',
        pictureCount: 3,
        otherFiles: 0,
        classes: [
          { name: '0', count: 1 },
          { name: '7', count: 2 }
        ]
      })
      const name = Object.keys(files)[0]
      const entries = await entriesOf(source)
      expect(namesOf(entries)).toEqual([`${name}#0 7`, `${name}#1 0`, `${name}#2 7`])
      expect(entries[2]).toMatchObject({ picture: { kind: 'raw', width: 2, height: 3, channels: 1 } })
      expect(entries[2]).toMatchObject({ picture: { pixels: expect.objectContaining({ 0: 3, 5: 3, length: 6 }) } })
      expect(namesOf(await entriesOf(source, ['0']))).toEqual([`${name}#1 0`])
    }
  })

  it('of a folder are taken together', async () => {
    const path = await saved({
      [imagesName]: idxImages(pictures, 3, 2),
      [labelsName]: idxLabels([1, 1, 1]),
      't10k-images-idx3-ubyte': idxImages(pictures.slice(0, 1), 3, 2),
      't10k-labels-idx1-ubyte': idxLabels([0])
    })
    expect(await detectSource(join(path, '..'))).toMatchObject({
      pictureCount: 4,
      classes: [{ count: 1 }, { count: 3 }]
    })
  })

  it('without labels, and by content under any name, are unsorted', async () => {
    const source = await detectSource(await saved({ 'mine.dat': idxImages(pictures, 3, 2) }))
    expect(source).toMatchObject({ kind: 'idx', classes: [{ name: 'unsorted', count: 3 }] })
  })

  it.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', gzipSync]
  ])('with a wrong count are corrupt, by the bytes expected and found (%s)', async (_, packed) => {
    for (const [count, expected] of [
      [4, 40],
      [2, 28],
      [0xffffffff, 25769803786]
    ] as const) {
      const path = await saved({ [imagesName]: packed(idxImages(pictures, 3, 2, count)) })
      const error = await rejection('data-corrupt', () => detectSource(path))
      expect(error.message).toBe(
        `${imagesName}: expected ${expected} bytes for the ${count} pictures of 2 × 3 that its header promises, ` +
          'got 34 bytes; check that it is whole and readable, or get it again.'
      )
    }
  })

  it('with labels of another count are corrupt', async () => {
    const images = idxImages(pictures, 3, 2)
    const fewer = await saved({ [imagesName]: images, [labelsName]: idxLabels([1, 2]) })
    expect((await rejection('data-corrupt', () => detectSource(fewer))).message).toMatch(
      /^train-images-idx3-ubyte: expected as many labels as its 3 pictures, got 2 labels; /
    )
    const wrong = await saved({ [imagesName]: images, [labelsName]: idxLabels([1, 2, 3], 5) })
    expect((await rejection('data-corrupt', () => detectSource(wrong))).message).toMatch(
      /^train-labels-idx1-ubyte: expected 13 bytes for the 5 labels that its header promises, got 11 bytes; /
    )
  })

  it('that are cut off, of another kind or of senseless size are corrupt', async () => {
    const senseless = idxImages([], 0, 5, 3)
    const floats = Buffer.from(idxImages(pictures, 3, 2)).fill(0x0d, 2, 3)
    for (const bytes of [Buffer.alloc(3), floats, senseless, gzipSync(idxImages(pictures, 3, 2)).subarray(0, 20)]) {
      const path = await saved({ [imagesName]: bytes })
      expect((await rejection('data-corrupt', () => detectSource(path))).message).toMatch(
        /: expected .+, got .+; check that it is whole/
      )
    }
  })

  it('of labels alone are not taken for pictures', async () => {
    const path = await saved({ [labelsName]: idxLabels([1, 2]) })
    expect((await rejection('data-unsupported', () => detectSource(path))).message).toMatch(
      /got an idx file of labels; give the file of pictures beside it\.$/
    )
  })
})
