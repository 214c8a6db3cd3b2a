import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it, vi } from 'vitest'
import { nearestPictures } from '../../../src/main/services/explore/nearestPictures'
import type { NeighbourDistance } from '../../../src/main/services/explore/neighbours'
import { Cancelled } from '../../../src/shared/errors'
import { Random } from '../../../src/shared/random/random'
import { rejection } from '../../support/rejection'
import { temporaryFolder } from '../../support/temporaryFolder'
import { tinyRun } from '../../train/support/sessions'
import { savedRun } from './savedRun'

const size = 16
const noise = (index: number) => Uint8Array.from(new Random(3, 'flowers', index).uniforms(size * size, 0, 256))
const mirrorImage = (pixels: Uint8Array) =>
  pixels.map((_, i) => pixels[Math.floor(i / size) * size + (size - 1 - (i % size))]!)

/** A run on ten grey pictures of noise; in one class each half. */
async function runOnNoise(data: { flip?: boolean } = {}) {
  const home = await temporaryFolder()
  vi.stubEnv('KWIAT_HOME', home)
  for (let index = 0; index < 10; index++) {
    const folder = join(home, 'photos', index < 5 ? 'left' : 'right')
    await mkdir(folder, { recursive: true })
    const picture = sharp(noise(index), { raw: { width: size, height: size, channels: 1 } })
    await writeFile(join(folder, `${index}.png`), await picture.png().toBuffer())
  }
  return (await savedRun(tinyRun({ data }), undefined, { source: join(home, 'photos'), fingerprint: null })).folder
}

const pixelDistance = (a: Uint8Array, b: Uint8Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length)

/** The picture with a few grey values more or less. */
const nearly = (pixels: Uint8Array) => pixels.map((value, i) => Math.min(255, value + (i % 3)))

describe('the nearest pictures that a run learns from', () => {
  it.each(['pixels', 'pyramid'] as const)('are found, nearest first, by %s', async (distance: NeighbourDistance) => {
    const { neighbours, pictures } = await nearestPictures(await runOnNoise(), nearly(noise(7)), { distance, count: 3 })
    const [found] = neighbours
    expect(found).toHaveLength(3)
    expect(found![0]).toMatchObject({ label: 'right', mirrored: false })
    expect([...pictures.pixels.subarray(0, size * size)]).toEqual([...noise(7)])
    const distances = found!.map((neighbour) => neighbour.distance)
    expect([...distances].sort((a, b) => a - b)).toEqual(distances)
  })

  it('have the distances that plain arithmetic gives', async () => {
    const query = noise(50)
    const { neighbours } = await nearestPictures(await runOnNoise(), query, { distance: 'pixels', count: 10 })
    const expected = Array.from({ length: 10 }, (_, i) => pixelDistance(query, noise(i))).sort((a, b) => a - b)
    neighbours[0]!.forEach(({ distance }, i) => {
      expect(distance).toBeCloseTo(expected[i]!, 3)
    })
    expect(new Set(neighbours[0]!.map(({ index }) => index)).size).toBe(10)
  })

  it('are found for several pictures at once', async () => {
    const both = Uint8Array.of(...noise(1), ...noise(8))
    const { neighbours, pictures } = await nearestPictures(await runOnNoise(), both, { distance: 'pixels', count: 1 })
    expect(neighbours.map(([first]) => first!.distance)).toEqual([0, 0])
    expect([...pictures.pixels]).toEqual([...both])
  })

  it('count mirror images only where the run shows them', async () => {
    const query = mirrorImage(noise(2))
    const options = { distance: 'pixels' as const, count: 2 }
    const flipping = await nearestPictures(await runOnNoise({ flip: true }), query, options)
    expect(flipping.neighbours[0]![0]).toMatchObject({ distance: 0, mirrored: true })
    expect([...flipping.pictures.pixels.subarray(0, size * size)]).toEqual([...query])
    const plain = await nearestPictures(await runOnNoise(), query, options)
    expect(plain.neighbours[0]![0]!.distance).toBeGreaterThan(10)
  })

  it('are not looked for any further when that is cancelled', async () => {
    const run = await runOnNoise()
    const options = { distance: 'pixels' as const, count: 1 }
    await nearestPictures(run, noise(0), options)
    const cancel = new AbortController()
    cancel.abort()
    await expect(nearestPictures(run, noise(0), options, { signal: cancel.signal })).rejects.toThrow(Cancelled)
  })

  it('can’t be found for pictures of another size, or among other pictures than the run’s', async () => {
    const run = await runOnNoise()
    const options = { distance: 'pixels' as const, count: 1 }
    await rejection('picture-unreadable', () => nearestPictures(run, new Uint8Array(100), options))
    const { folder } = await savedRun(tinyRun(), undefined, {
      source: join(process.env.KWIAT_HOME!, 'photos'),
      fingerprint: 'other'
    })
    await rejection('run-mismatch', () => nearestPictures(folder, noise(0), options))
  })
})
