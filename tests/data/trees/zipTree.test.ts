import { randomBytes } from 'node:crypto'
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openZipTree } from '../../../src/main/data/trees/zipTree'
import { KwiatError } from '../../../src/shared/errors'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { readTree } from '../support/readTree'
import { type ZipEntry, zipBytes } from '../support/zipBytes'

async function zipOf(entries: readonly ZipEntry[]): Promise<string> {
  const path = join(await temporaryFolder(), 'set.zip')
  await writeFile(path, zipBytes(entries))
  return path
}

const file = (name: string, text = name): ZipEntry => ({ name, content: Buffer.from(text) })
const linkMode = 0o120777

describe('a zip archive as a tree of files', () => {
  it('lists files by code units whatever their order in the archive, and reads the wanted ones', async () => {
    const path = await zipOf([file('b/2.txt'), file('b/'), file('a.txt'), file('b/1.txt')])
    const tree = await openZipTree(path)
    expect(tree.files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['a.txt', 5],
      ['b/1.txt', 7],
      ['b/2.txt', 7]
    ])
    expect(await readTree(tree, (path) => path !== 'b/1.txt')).toEqual({ 'a.txt': 'a.txt', 'b/2.txt': 'b/2.txt' })
  })

  it('leaves out what systems leave there', async () => {
    const tree = await openZipTree(
      await zipOf([file('__MACOSX/._a.jpg'), file('.DS_Store'), file('a/Thumbs.db'), file('a/b')])
    )
    expect(tree.files.map(({ path }) => path)).toEqual(['a/b'])
  })

  it.each(['../evil.jpg', 'a/../../evil.jpg', '/etc/evil.jpg', 'C:/evil.jpg', '..\\evil.jpg', 'a\0.jpg'])(
    'is unsafe with the path %j',
    async (name) => {
      const error = await rejection('data-unsafe', async () => openZipTree(await zipOf([file('a.jpg'), file(name)])))
      expect(error.message).toContain(
        `set.zip: expected entries that stay inside the archive, got the path "${name.replace('\\', '/')}"; `
      )
    }
  )

  it('is unsafe with a link', async () => {
    const error = await rejection('data-unsafe', async () =>
      openZipTree(await zipOf([{ ...file('link.jpg', '/etc/passwd'), mode: linkMode }]))
    )
    expect(error.message).toContain('expected files and folders only, got the link "link.jpg"')
  })

  it('is unsafe when it claims to unpack to far more than it holds', async () => {
    const huge = { ...file('a.jpg'), claimedBytes: 0xfffffffe }
    const error = await rejection('data-unsafe', async () => openZipTree(await zipOf([huge])))
    expect(error.message).toMatch(/expected files of a sensible size, got over 4294967294 bytes in \d+; /)
  })

  it('is corrupt when it is cut off, be it by a byte or to nothing', async () => {
    const path = await zipOf([{ name: 'a', content: randomBytes(1000) }])
    const { length } = zipBytes([{ name: 'a', content: randomBytes(1000) }])
    for (const left of [length - 1, length / 2, 10, 0]) {
      await truncate(path, Math.floor(left))
      const error = await rejection('data-corrupt', () => openZipTree(path))
      expect(error.message).toMatch(
        /^set\.zip: expected a whole zip archive, got .+; check that it is whole and readable, or get it again\.$/
      )
    }
  })

  it('reads on after an entry that does not unpack, that grows beyond its size, or that is left in its middle', async () => {
    const noise = randomBytes(300_000)
    const tree = await openZipTree(
      await zipOf([
        { name: '1-broken', content: noise, spoil: (data) => data.fill(0xff, 100, 200) },
        { name: '2-grows', content: Buffer.alloc(100_000), claimedBytes: 10 },
        { name: '3-left', content: noise },
        file('4-whole')
      ])
    )
    const outcomes: string[] = []
    for await (const { path, chunks } of tree.read(() => true)) {
      outcomes.push(`${path}: ${await outcomeOf(chunks, path === '3-left')}`)
    }
    expect(outcomes).toEqual(['1-broken: data-corrupt', '2-grows: data-corrupt', '3-left: left', '4-whole: 7 bytes'])
  })
})

/** Reads a file to its end, or to its first chunk; says how that went. */
async function outcomeOf(chunks: AsyncIterable<Uint8Array>, leave: boolean): Promise<string> {
  let bytes = 0
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (leave) {
        return 'left'
      }
    }
  } catch (error) {
    return error instanceof KwiatError ? error.code : String(error)
  }
  return `${bytes} bytes`
}
