import { cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listCheckpoints } from '../../src/main/checkpoints/listCheckpoints'
import { manifestFile, stateFiles } from '../../src/main/checkpoints/manifest'
import { readCheckpoint, verifyCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { sealJson, unsealJson } from '../../src/main/checkpoints/sealedJson'
import { writeCheckpoint } from '../../src/main/checkpoints/writeCheckpoint'
import { Random } from '../../src/shared/random/random'
import type { TensorData } from '../../src/shared/tensor'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'
import { contentsAt, smallState } from './support/states'

const bytesOf = (data: TensorData | undefined): Buffer =>
  data === undefined ? Buffer.alloc(0) : Buffer.from(data.buffer, data.byteOffset, data.byteLength)

async function flipByte(path: string, position: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[position]! ^= 1 << (position % 8)
  await writeFile(path, bytes)
}

/** Changes a manifest and seals it anew, as another version of Kwiat would have written it. */
async function rewriteManifest(folder: string, changes: Record<string, unknown>): Promise<void> {
  const path = join(folder, manifestFile)
  const content = unsealJson(await readFile(path, 'utf8'))
  await writeFile(path, sealJson({ ...content, ...changes }))
}

describe('writeCheckpoint and readCheckpoint', () => {
  it('give back every tensor and every fact, NaN included', async () => {
    const run = await temporaryFolder()
    const folder = await writeCheckpoint(run, contentsAt(500))
    expect(folder).toBe(join(run, 'checkpoints', 'step-000500'))
    const { state, manifest } = await readCheckpoint(folder)
    expect([...state].sort()).toEqual([...smallState(500)].sort())
    const { state: _, ...facts } = contentsAt(500)
    const { seed } = facts.configuration.schedule
    expect(manifest).toMatchObject({ ...facts, random: { generator: 'philox4x32-10', seed } })
    expect(Math.abs(Date.now() - Date.parse(manifest.created))).toBeLessThan(60_000)
  })

  it('write the four files and the manifest, and nothing else', async () => {
    const run = await temporaryFolder()
    const folder = await writeCheckpoint(run, contentsAt(1, new Map()))
    expect((await readdir(folder)).sort()).toEqual([manifestFile, ...stateFiles].sort())
    expect(await readdir(join(run, 'checkpoints'))).toEqual(['step-000001'])
    expect((await readCheckpoint(folder)).state.size).toBe(0)
  })

  it('write the same bytes for the same state, in whatever order it comes', async () => {
    const [runA, runB] = [await temporaryFolder(), await temporaryFolder()]
    const folderA = await writeCheckpoint(runA, contentsAt(20))
    const folderB = await writeCheckpoint(runB, contentsAt(20, new Map([...smallState(20)].reverse())))
    for (const file of stateFiles) {
      expect(await readFile(join(folderB, file))).toEqual(await readFile(join(folderA, file)))
    }
  })

  it('keep files of more than one chunk whole', async () => {
    const run = await temporaryFolder()
    const data = new Float32Array(700_001).map((_, i) => Math.sin(i))
    const state = new Map([['generator/large', { dtype: 'float32', shape: [700_001], data } as const]])
    const folder = await writeCheckpoint(run, contentsAt(3, state))
    expect((await verifyCheckpoint(folder)).whole).toBe(true)
    const read = (await readCheckpoint(folder)).state.get('generator/large')?.data
    // Comparing as bytes, since toEqual takes seconds for so many numbers.
    expect(bytesOf(read).equals(bytesOf(data))).toBe(true)
  })

  it('refuse a tensor that belongs to no file', async () => {
    const run = await temporaryFolder()
    const state = new Map([['other/w', { dtype: 'uint8', shape: [1], data: Uint8Array.of(1) } as const]])
    await expect(writeCheckpoint(run, contentsAt(1, state))).rejects.toThrow('other/w belongs to none of generator/')
    expect(await readdir(run)).toEqual([])
  })

  it('replace a checkpoint of the same step', async () => {
    const run = await temporaryFolder()
    await writeCheckpoint(run, contentsAt(10, smallState(1)))
    const folder = await writeCheckpoint(run, contentsAt(10, smallState(2)))
    expect([...(await readCheckpoint(folder)).state].sort()).toEqual([...smallState(2)].sort())
    expect(await readdir(join(run, 'checkpoints'))).toEqual(['step-000010'])
  })

  it('find a checkpoint that was moved elsewhere under another name', async () => {
    const run = await temporaryFolder()
    const moved = join(run, 'the best one')
    await rename(await writeCheckpoint(run, contentsAt(10)), moved)
    expect((await readCheckpoint(moved)).manifest.step).toBe(10)
  })
})

describe('a damaged checkpoint', () => {
  it('is told by any flipped byte of its manifest', async () => {
    const folder = await writeCheckpoint(await temporaryFolder(), contentsAt(1))
    const path = join(folder, manifestFile)
    const whole = await readFile(path)
    for (let position = 0; position < whole.length; position++) {
      await flipByte(path, position)
      const error = await rejection('checkpoint-broken', () => readCheckpoint(folder))
      expect(error.parts.who).toBe(path)
      await writeFile(path, whole)
    }
    expect((await verifyCheckpoint(folder)).whole).toBe(true)
  })

  it.each(stateFiles)('is told by any flipped byte of %s', async (file) => {
    const folder = await writeCheckpoint(await temporaryFolder(), contentsAt(1))
    const path = join(folder, file)
    const whole = await readFile(path)
    const random = new Random(3, 'generate')
    const positions = [0, 7, 8, whole.length - 1, ...Array.from({ length: 12 }, () => random.integer(whole.length))]
    for (const position of positions) {
      await flipByte(path, position)
      const error = await rejection('checkpoint-broken', () => readCheckpoint(folder))
      expect(error.message).toContain(`${path}: expected the file that was saved, got one with other bytes in it`)
      expect(error.message).toContain('use another checkpoint of the run, or put the file back from a copy.')
      expect(await verifyCheckpoint(folder)).toEqual({ whole: false, error })
      await writeFile(path, whole)
    }
  })

  it.each([manifestFile, ...stateFiles])('is told by a cut or missing %s, in the list too', async (file) => {
    const run = await temporaryFolder()
    const folder = await writeCheckpoint(run, contentsAt(1))
    const path = join(folder, file)
    const copy = join(run, 'copy')
    await cp(path, copy)
    for (const damage of [() => truncate(path, 40), () => truncate(path, 0), () => rm(path)]) {
      await damage()
      const error = await rejection('checkpoint-broken', () => readCheckpoint(folder))
      expect(error.parts.who).toBe(path)
      expect(await listCheckpoints(run)).toEqual([{ status: 'broken', folder, step: 1, error }])
      await cp(copy, path)
    }
    expect((await verifyCheckpoint(folder)).whole).toBe(true)
  })

  it('is told by a tensor in the wrong file, even when every hash is right', async () => {
    const folder = await writeCheckpoint(await temporaryFolder(), contentsAt(1))
    const { manifest } = await readCheckpoint(folder)
    await cp(join(folder, 'ema.safetensors'), join(folder, 'generator.safetensors'))
    const ema = manifest.files['ema.safetensors']
    await rewriteManifest(folder, { files: { ...manifest.files, 'generator.safetensors': ema } })
    const error = await rejection('checkpoint-broken', () => readCheckpoint(folder))
    expect(error.message).toContain('one with the tensor ema/dense/kernel of another part')
  })

  it('is told from one that a newer Kwiat wrote', async () => {
    const folder = await writeCheckpoint(await temporaryFolder(), contentsAt(1))
    await rewriteManifest(folder, { formatVersion: 2, novelty: true })
    const error = await rejection('checkpoint-newer', () => readCheckpoint(folder))
    expect(error.message).toContain('got version 2; update Kwiat.')
  })

  it('is told from one whose manifest has a field that it must not have', async () => {
    const folder = await writeCheckpoint(await temporaryFolder(), contentsAt(1))
    await rewriteManifest(folder, { step: -1 })
    const error = await rejection('checkpoint-broken', () => readCheckpoint(folder))
    expect(error.message).toContain('a mistake at step')
  })

  it('is told from one that isn’t there', async () => {
    const run = await temporaryFolder()
    await rejection('checkpoint-not-found', () => readCheckpoint(join(run, 'checkpoints', 'step-000001')))
  })
})

describe('listCheckpoints', () => {
  it('gives the newest step first and leaves out what isn’t a checkpoint', async () => {
    const run = await temporaryFolder()
    expect(await listCheckpoints(run)).toEqual([])
    for (const step of [20, 1_000_000, 5, 999_999]) {
      await writeCheckpoint(run, contentsAt(step))
    }
    await writeFile(join(run, 'checkpoints', 'notes.txt'), 'mine')
    await cp(join(run, 'checkpoints', 'step-000005'), join(run, 'checkpoints', '.step-000006.0123abcd.unfinished'), {
      recursive: true
    })
    expect((await listCheckpoints(run)).map(({ step }) => step)).toEqual([1_000_000, 999_999, 20, 5])
  })

  it('calls a checkpoint broken that stands under the name of another step', async () => {
    const run = await temporaryFolder()
    const folder = await writeCheckpoint(run, contentsAt(5))
    await rename(folder, join(run, 'checkpoints', 'step-000009'))
    const [listed] = await listCheckpoints(run)
    expect(listed?.status === 'broken' && listed.error.message).toContain('got the checkpoint of step 5')
  })
})
