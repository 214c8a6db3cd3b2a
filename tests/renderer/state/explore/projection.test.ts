import { describe, expect, it, vi } from 'vitest'
import { chartPoints, psnrCeiling } from '../../../../src/renderer/state/explore/convergence'
import { ProjectionPlay } from '../../../../src/renderer/state/explore/projection.svelte'
import type { Handlers, Progress, Result } from '../../../../src/shared/contract/studio'
import { KwiatError } from '../../../../src/shared/errors'
import { toLatentBytes } from '../../../../src/shared/latent/latentBytes'
import { createExploreMock, Held, openExploredRun } from '../../support/explore'

type Found = Result<'explore/project'>

const target = { pixels: new Uint8Array(12).fill(9), size: 2, channels: 3, name: 'mine' } as const
const found = (psnr: number): Found => ({
  latent: toLatentBytes(Float32Array.of(psnr, 0, 0, 0)),
  pixels: new Uint8Array(12).fill(psnr),
  psnr,
  ssim: psnr / 50
})

async function open(answers: Partial<Handlers> = {}) {
  const held = new Held<Found>()
  const tell: { progress?: (progress: Progress<'explore/project'>) => void; signal?: AbortSignal } = {}
  const mock = createExploreMock({
    'explore/project': (_, { onProgress, signal }) => {
      tell.progress = onProgress
      tell.signal = signal
      return held.next()
    },
    ...answers
  })
  const projection = new ProjectionPlay(mock.client, await openExploredRun(mock))
  return { held, tell, projection }
}

const asked = (held: Held<Found>) => vi.waitFor(() => expect(held.waiting.length).toBe(1))

describe('ProjectionPlay', () => {
  it('shows the way to the latent while it is looked for, then what was found', async () => {
    const { held, tell, projection } = await open()
    projection.aim(target)
    await asked(held)
    tell.progress?.({ ...found(10), step: 20, secondsLeft: 3 })
    tell.progress?.({ ...found(20), step: 40, secondsLeft: 2 })
    await vi.waitFor(() => expect(projection.secondsLeft).toBe(2))
    expect([projection.isRunning, projection.best?.psnr, projection.best?.latent[0]]).toEqual([true, 20, 20])
    await held.answer(found(36))
    expect(projection.convergence.map(({ step, psnr }) => [step, psnr])).toEqual([
      [20, 10],
      [40, 20],
      [200, 36]
    ])
    expect([projection.isRunning, projection.best?.psnr, projection.best?.model.step]).toEqual([false, 36, 200])
  })

  it('keeps what was found so far when it is stopped', async () => {
    const { held, tell, projection } = await open()
    projection.aim(target)
    await asked(held)
    tell.progress?.({ ...found(10), step: 20, secondsLeft: 3 })
    await vi.waitFor(() => expect(projection.best?.psnr).toBe(10))
    projection.cancel()
    await vi.waitFor(() => expect(tell.signal?.aborted).toBe(true))
    expect([projection.isRunning, projection.best?.psnr, projection.problem]).toEqual([false, 10, null])
  })

  it('says what is wrong with a file that is no picture, and takes the next one', async () => {
    const refused = new KwiatError('picture-unreadable', { who: 'x', expected: 'a', actual: 'b', todo: 'c' })
    const { held, projection } = await open({
      'explore/decode': ({ name }) => {
        if (name === 'broken.png') {
          throw refused
        }
        return { pixels: target.pixels, count: 1, size: 2, channels: 3 }
      }
    })
    await projection.take(new File(['no picture'], 'broken.png'))
    expect([projection.isRunning, projection.problem]).toMatchObject([false, { code: 'picture-unreadable' }])
    await projection.take(new File(['a picture'], 'rose.png'))
    await asked(held)
    expect([projection.isRunning, projection.target?.name, projection.problem]).toEqual([true, 'rose.png', null])
  })

  it('lets a newer target win over one that is still looked for', async () => {
    const { held, tell, projection } = await open()
    projection.aim(target)
    await asked(held)
    const first = tell.progress
    projection.aim({ ...target, name: 'other' })
    await vi.waitFor(() => expect(held.waiting.length).toBe(2))
    first?.({ ...found(10), step: 20, secondsLeft: 3 })
    await held.answer(found(11))
    await held.answer(found(30))
    expect([projection.target?.name, projection.best?.psnr, projection.convergence.length]).toEqual(['other', 30, 1])
  })
})

describe('the chart of the convergence', () => {
  const points = [
    { step: 0, psnr: 10, ssim: 0 },
    { step: 50, psnr: 44, ssim: 0.5 },
    { step: 100, psnr: null, ssim: 1 }
  ]

  it('has room for the nearest picture, and 40 dB at least', () => {
    expect([psnrCeiling(points), psnrCeiling([])]).toEqual([50, 40])
  })

  it('rises from the lower left corner', () => {
    expect(chartPoints(points, ({ ssim }) => ssim, { steps: 100, width: 200, height: 80 })).toBe(
      '0.0,80.0 100.0,40.0 200.0,0.0'
    )
  })
})
