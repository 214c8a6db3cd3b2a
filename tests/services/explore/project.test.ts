import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import { decodeTarget } from '../../../src/main/services/explore/decodeTarget'
import { Exploration } from '../../../src/main/services/explore/exploration'
import type { ProjectionProgress } from '../../../src/main/services/explore/project'
import { Cancelled } from '../../../src/shared/errors'
import { toLatentBytes } from '../../../src/shared/latent/latentBytes'
import { seededLatents } from '../../../src/shared/latent/seededLatents'
import { rejection } from '../../support/rejection'
import { tinyRun } from '../../train/support/sessions'
import { savedRun } from './savedRun'

/** A generator of random weights with eight numbers in a latent, and a picture that it made. */
async function madePicture(seed: number) {
  const { architecture } = tinyRun()
  const { checkpoint } = await savedRun(tinyRun({ architecture: { ...architecture, latentSize: 8 } }))
  const exploration = new Exploration()
  onTestFinished(() => exploration.close())
  const source = { checkpoint, weights: 'ema' as const }
  const latents = seededLatents({ seed, first: 0, count: 1, latentSize: 8, distribution: 'normal' })
  const { pixels } = await exploration.pictures(source, toLatentBytes(latents), 'exact')
  return { exploration, source, pixels, latents }
}

const options = { seed: 0, starts: 4, steps: 150 }

describe('the projection of a picture', () => {
  it.each([11, 12, 13])('finds again what the generator made, to 35 dB (seed %i)', async (seed) => {
    const { exploration, source, pixels } = await madePicture(seed)
    const told: ProjectionProgress[] = []
    const found = await exploration.project(source, pixels, options, { onProgress: (progress) => told.push(progress) })
    expect(found.psnr).toBeGreaterThan(35)
    expect(found.ssim).toBeGreaterThan(0.95)
    const again = await exploration.pictures(source, toLatentBytes(found.latent), 'exact')
    expect([...again.pixels]).toEqual([...found.pixels])
    expect(told[0]).toMatchObject({ step: 1 })
    expect(told.every(({ psnr }) => psnr <= found.psnr + 0.5)).toBe(true)
  })

  it('is the same for the same seed', async () => {
    const { exploration, source, pixels } = await madePicture(1)
    const few = { ...options, steps: 20 }
    const first = await exploration.project(source, pixels, few, {})
    expect(await exploration.project(source, pixels, few, {})).toEqual(first)
  })

  it('stops when it is cancelled, and the model lives on', async () => {
    const { exploration, source, pixels, latents } = await madePicture(1)
    const cancel = new AbortController()
    const projection = exploration.project(
      source,
      pixels,
      { ...options, steps: 5000 },
      {
        signal: cancel.signal,
        onProgress: () => cancel.abort()
      }
    )
    await expect(projection).rejects.toThrow(Cancelled)
    expect(await exploration.pictures(source, toLatentBytes(latents), 'exact')).toMatchObject({ count: 1 })
  })

  it('refuses a picture of another size', async () => {
    const { exploration, source } = await madePicture(1)
    await rejection('picture-unreadable', () => exploration.project(source, new Uint8Array(255), options, {}))
  })
})

describe('a picture of one’s own', () => {
  const shape = { size: 16, channels: 1, crop: 'centre' } as const

  it('becomes what the networks see of it', async () => {
    const png = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#808080' } })
      .png()
      .toBuffer()
    const { pixels, ...rest } = await decodeTarget(png, 'grey.png', shape)
    expect(rest).toEqual({ count: 1, size: 16, channels: 1 })
    expect([...pixels]).toEqual(Array(256).fill(128))
  })

  it.each([
    { of: 'something else', file: Buffer.from('no picture at all') },
    { of: 'half a PNG', file: Buffer.from('89504e470d0a1a0a0000000d4948445200000010', 'hex') }
  ])('is refused where it is $of, by its name', async ({ file }) => {
    const { message } = await rejection('picture-unreadable', () => decodeTarget(file, 'mine.png', shape))
    expect(message).toMatch(/^mine.png: expected a picture/)
  })
})
