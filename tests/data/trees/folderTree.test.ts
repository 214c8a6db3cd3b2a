import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFolderTree } from '../../../src/main/data/trees/folderTree'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { readTree } from '../support/readTree'

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

const pathsOf = async (folder: string): Promise<string[]> =>
  (await openFolderTree(folder)).files.map(({ path }) => path)

describe('a folder as a tree of files', () => {
  it('lists all files below it by code units, with their sizes, and reads the wanted ones', async () => {
    const tree = await openFolderTree(await folderWith({ 'b/2.txt': 'two', 'B.txt': 'B', 'a.txt': 'a', 'b/1.txt': '' }))
    expect(tree.files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['B.txt', 1],
      ['a.txt', 1],
      ['b/1.txt', 0],
      ['b/2.txt', 3]
    ])
    expect(await readTree(tree, (path) => path.startsWith('b/'))).toEqual({ 'b/1.txt': '', 'b/2.txt': 'two' })
  })

  it('leaves out what systems leave there', async () => {
    const folder = await folderWith({
      '.DS_Store': '',
      '.git/a': '',
      '__MACOSX/a.jpg': '',
      'x/Thumbs.db': '',
      'x/desktop.ini': '',
      'x/a.jpg': ''
    })
    expect(await pathsOf(folder)).toEqual(['x/a.jpg'])
  })

  it('enters each folder once, so that a link to a folder above ends', async () => {
    const folder = await folderWith({ 'inner/a.txt': 'a' })
    await symlink(folder, join(folder, 'inner', 'loop'))
    await symlink(join(folder, 'inner'), join(folder, 'zebra'))
    expect(await pathsOf(folder)).toEqual(['inner/a.txt'])
  })

  it('follows links to files and to folders elsewhere', async () => {
    const elsewhere = await folderWith({ 'a.txt': 'a', 'in/b.txt': 'b' })
    const folder = await folderWith({})
    await symlink(join(elsewhere, 'a.txt'), join(folder, 'link.txt'))
    await symlink(join(elsewhere, 'in'), join(folder, 'in'))
    expect(await readTree(await openFolderTree(folder))).toEqual({ 'in/b.txt': 'b', 'link.txt': 'a' })
  })

  it('refuses links to nowhere and sockets by name', async () => {
    const folder = await folderWith({ 'a.txt': 'a' })
    await symlink(join(folder, 'nothing'), join(folder, 'broken.jpg'))
    const server = createServer()
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket.jpg'), resolve))
    const tree = await openFolderTree(folder)
    expect(tree.files.map(({ path }) => path)).toEqual(['a.txt'])
    expect(tree.refused.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'broken.jpg: a link that leads nowhere',
      'socket.jpg: a device, pipe or socket instead of a file'
    ])
  })

  it('has an identity that changes with names, sizes and times, and with nothing else', async () => {
    const folder = await folderWith({ 'a.txt': 'a', 'b.txt': 'b' })
    const identity = async () => (await openFolderTree(folder)).identity
    const first = await identity()
    expect(await identity()).toBe(first)
    await utimes(join(folder, 'a.txt'), 1, 1)
    const touched = await identity()
    expect(touched).not.toBe(first)
    await writeFile(join(folder, 'c.txt'), '')
    expect(await identity()).not.toBe(touched)
  })

  it('fails by name for a folder that is not there', async () => {
    const error = await rejection('data-not-found', async () => openFolderTree(join(await temporaryFolder(), 'no')))
    expect(error.message).toMatch(/no: expected a folder that can be read, got ENOENT.*; allow reading it\.$/)
  })
})
