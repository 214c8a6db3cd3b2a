import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isPinned, setPinned } from '../../src/main/checkpoints/checkpointMarks'
import { readCheckpoint, verifyCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { openRun } from '../../src/main/checkpoints/runFolder'
import { exportRun, importRunFile } from '../../src/main/services/exports'
import { Cancelled } from '../../src/shared/errors'
import { zipBytes } from '../data/support/zipBytes'
import { savedRun, writeState } from '../services/explore/savedRun'
import { rejection } from '../support/rejection'
import { temporaryFolder, writeTemporary } from '../support/temporaryFolder'
import { tinyRun } from '../train/support/sessions'

/** A run with two checkpoints, one of them pinned, metrics, a sample grid, and what is none of its content. */
async function fullRun() {
  const run = await savedRun()
  const second = await writeState(run.folder, tinyRun(), 12)
  await setPinned(run.checkpoint, true)
  await writeFile(join(run.folder, 'metrics.jsonl'), '{"step":1}\n')
  await mkdir(join(run.folder, 'samples'))
  await writeFile(join(run.folder, 'samples', 'step-000006.png'), 'png')
  await writeFile(join(run.folder, 'lock'), 'someone')
  await mkdir(join(run.folder, '.trash'))
  await writeFile(join(run.folder, '.trash', 'old'), 'old')
  return { run, second }
}

async function exported() {
  const { run, second } = await fullRun()
  const target = join(await temporaryFolder(), 'out')
  const { path } = await exportRun(run.folder, { folder: target })
  return { run, second, path, target }
}

/** A zip with these files. */
async function archiveOf(files: Readonly<Record<string, string>>): Promise<string> {
  const entries = Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) }))
  return writeTemporary('a.kwiat', zipBytes(entries))
}

describe('a whole run as one file', () => {
  it('comes back with all that belongs to it, and nothing else', async () => {
    const { run, path } = await exported()
    const runs = join(await temporaryFolder(), 'runs')
    const { run: back, checkpoints, broken } = await importRunFile(path, runs, [])
    expect({ checkpoints, broken }).toEqual({ checkpoints: 2, broken: [] })
    expect(back.file).toEqual(run.file)
    expect((await readdir(back.folder)).sort()).toEqual(['checkpoints', 'metrics.jsonl', 'run.json', 'samples'])
    expect(await readFile(join(back.folder, 'samples', 'step-000006.png'), 'utf8')).toBe('png')
    for (const step of ['step-000006', 'step-000012']) {
      const [before, after] = await Promise.all(
        [run.folder, back.folder].map((folder) => readCheckpoint(join(folder, 'checkpoints', step)))
      )
      expect(after).toEqual(before)
    }
    expect(await isPinned(join(back.folder, 'checkpoints', 'step-000006'))).toBe(true)
  })

  it('gets a new id where its own is taken, and leaves the other run alone', async () => {
    const { run, path } = await exported()
    const before = await readFile(join(run.folder, 'run.json'), 'utf8')
    const runs = join(run.folder, '..')
    const { run: back } = await importRunFile(path, runs, [run.file.id])
    expect(back.file.id).not.toBe(run.file.id)
    expect((await openRun(back.folder)).file.name).toBe(run.file.name)
    expect(await readFile(join(run.folder, 'run.json'), 'utf8')).toBe(before)
  })

  it('never overwrites a file', async () => {
    const { run, path, target } = await exported()
    await rejection('file-exists', () => exportRun(run.folder, { path }))
    const again = await exportRun(run.folder, { folder: target })
    expect(again.path).toMatch(/-2\.kwiat$/)
    expect((await readdir(target)).length).toBe(2)
  })

  it('leaves broken checkpoints out', async () => {
    const { run, second } = await fullRun()
    await writeFile(join(second, 'manifest.json'), '{}')
    const folder = await temporaryFolder()
    const { path } = await exportRun(run.folder, { folder })
    const first = await importRunFile(path, join(folder, 'a'), [])
    expect(first).toMatchObject({ checkpoints: 1, broken: [] })
  })

  it('reports a checkpoint whose bytes are not those that were saved', async () => {
    const { run } = await fullRun()
    const generator = join(run.checkpoint, 'generator.safetensors')
    const bytes = await readFile(generator)
    bytes[bytes.length - 1]! ^= 1
    await writeFile(generator, bytes)
    const folder = await temporaryFolder()
    const { path } = await exportRun(run.folder, { folder })
    const { run: back, broken } = await importRunFile(path, join(folder, 'runs'), [])
    expect(broken.map(({ step }) => step)).toEqual([6])
    expect(broken[0]!.message).toContain('generator.safetensors')
    expect((await verifyCheckpoint(join(back.folder, 'checkpoints', 'step-000012'))).whole).toBe(true)
  })

  it('leaves nothing behind when it is cancelled, on either way', async () => {
    const { run, path } = await exported()
    const controller = new AbortController()
    controller.abort()
    const folder = await temporaryFolder()
    const ports = { signal: controller.signal }
    await expect(exportRun(run.folder, { folder }, ports)).rejects.toBeInstanceOf(Cancelled)
    await expect(importRunFile(path, folder, [], ports)).rejects.toBeInstanceOf(Cancelled)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['paths that leave the archive', { '../run.json': '{}' }, 'data-unsafe'],
    ['no run', { 'readme.txt': 'hello' }, 'run-broken'],
    ['a run.json that is none', { 'run.json': '{"format":"kwiat-run"}' }, 'run-broken'],
    ['a newer run', { 'run.json': '{"formatVersion":99}' }, 'run-newer']
  ] as const)('refuses an archive with %s', async (_, files, code) => {
    const path = await archiveOf(files)
    const runs = join(await temporaryFolder(), 'runs')
    await rejection(code, () => importRunFile(path, runs, []))
    await expect(readdir(runs)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('refuses an archive that unpacks to far more than its own size', async () => {
    const { run } = await exported()
    const json = await readFile(join(run.folder, 'run.json'), 'utf8')
    const path = await archiveOf({ 'run.json': json, 'metrics.jsonl': ' '.repeat(2 ** 28 + 1) })
    await rejection('data-unsafe', async () => importRunFile(path, await temporaryFolder(), []))
  })

  it('unpacks only what a run consists of', async () => {
    const { run } = await exported()
    const json = await readFile(join(run.folder, 'run.json'), 'utf8')
    const path = await archiveOf({ 'run.json': json, 'checkpoints/step-000001/evil.sh': 'x', 'samples/other.exe': 'x' })
    const { run: back } = await importRunFile(path, await temporaryFolder(), [])
    expect(await readdir(back.folder)).toEqual(['run.json'])
  })
})
