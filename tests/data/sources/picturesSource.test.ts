import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { picturesSource } from '../../../src/main/data/sources/picturesSource'
import type { FileTree } from '../../../src/main/data/trees/fileTree'
import { openFolderTree } from '../../../src/main/data/trees/folderTree'
import { openZipTree } from '../../../src/main/data/trees/zipTree'
import { temporaryFolder } from '../../support/temporaryFolder'
import { entriesOf, namesOf } from '../support/entriesOf'
import { zipBytes } from '../support/zipBytes'

const names = [
  'top.png',
  'frog/1.jpg',
  'frog/2.JPEG',
  'train/cat/1.gif',
  'test/cat/2.bmp',
  'notes.txt',
  'frog/list.csv'
]

async function folder(): Promise<FileTree> {
  const root = await temporaryFolder()
  for (const name of names) {
    await mkdir(join(root, name, '..'), { recursive: true })
    await writeFile(join(root, name), name)
  }
  return openFolderTree(root)
}

async function zip(): Promise<FileTree> {
  const path = join(await temporaryFolder(), 'set.zip')
  await writeFile(path, zipBytes(names.map((name) => ({ name, content: Buffer.from(name) }))))
  return openZipTree(path)
}

describe.each([
  ['folder', folder],
  ['zip', zip]
])('pictures in a %s', (_, open) => {
  it('belong to the class that their folder is named after', async () => {
    const source = picturesSource(await open())
    expect(source).toMatchObject({
      kind: 'pictures',
      pictureCount: 5,
      otherFiles: 2,
      classes: [
        { name: 'cat', count: 2 },
        { name: 'frog', count: 2 },
        { name: 'unsorted', count: 1 }
      ]
    })
    expect(namesOf(await entriesOf(source))).toEqual([
      'frog/1.jpg frog',
      'frog/2.JPEG frog',
      'test/cat/2.bmp cat',
      'top.png unsorted',
      'train/cat/1.gif cat'
    ])
  })

  it('are read of the wanted classes only', async () => {
    const entries = await entriesOf(picturesSource(await open()), ['cat'])
    expect(namesOf(entries)).toEqual(['test/cat/2.bmp cat', 'train/cat/1.gif cat'])
    expect(entries[0]).toMatchObject({ picture: { kind: 'encoded', bytes: Buffer.from('test/cat/2.bmp') } })
  })
})

describe('a picture file that can’t be read', () => {
  const tree = (path: string, bytes: number, content: string): FileTree => ({
    name: 'set',
    identity: '',
    files: [{ path, bytes }],
    refused: [],
    read: async function* () {
      yield {
        path,
        bytes,
        chunks: (async function* () {
          yield Buffer.from(content)
        })()
      }
    }
  })

  it('is refused by the size it has, without reading it', async () => {
    const source = picturesSource(tree('a.png', 2 ** 28 + 1, 'x'))
    expect(await entriesOf(source)).toEqual([
      {
        kind: 'refused',
        name: 'a.png',
        code: 'picture-too-large',
        reason: 'a file of 268435457 bytes, more than the 268435456 that Kwiat reads'
      }
    ])
  })

  it('is refused when its archive entry is broken, and the others go on', async () => {
    const path = join(await temporaryFolder(), 'set.zip')
    const entries = ['a.png', 'b.png', 'c.png'].map((name) => ({
      name,
      content: Buffer.from(name),
      spoil: (data: Buffer) => (name === 'b.png' ? data.fill(0xff) : data)
    }))
    await writeFile(path, zipBytes(entries))
    expect(namesOf(await entriesOf(picturesSource(await openZipTree(path))))).toEqual([
      'a.png unsorted',
      'b.png picture-unreadable',
      'c.png unsorted'
    ])
  })
})
