import { rm } from 'node:fs/promises'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readCheckpoint } from '../../../src/main/checkpoints/readCheckpoint'
import { buildNetworks, disposeNetworks, forward } from '../../../src/main/model/network'
import { Exploration } from '../../../src/main/services/explore/exploration'
import type { Weights } from '../../../src/main/services/explore/openModel'
import { toLatentBytes } from '../../../src/shared/latent/latentBytes'
import { seededLatents } from '../../../src/shared/latent/seededLatents'
import { rejection } from '../../support/rejection'
import { tinyRun } from '../../train/support/sessions'
import { savedRun, writeState } from './savedRun'

function openExploration(): Exploration {
  const exploration = new Exploration()
  onTestFinished(() => exploration.close())
  return exploration
}

const latentsOf = (count: number, first = 0) =>
  seededLatents({ seed: 2, first, count, latentSize: 3, distribution: 'normal' })
const bytesOf = (count: number, first = 0) => toLatentBytes(latentsOf(count, first))

/** What tfjs' JavaScript backend makes of latents with the weights of a checkpoint. */
async function reference(checkpoint: string, weights: Weights, latents: Float32Array): Promise<number[]> {
  const { state } = await readCheckpoint(checkpoint)
  const networks = buildNetworks(tinyRun().architecture)
  await tf.setBackend('cpu')
  const network = weights === 'ema' ? networks.ema : networks.generator
  for (const [name, variable] of network.variables) {
    const { data, shape } = state.get(name)!
    variable.assign(tf.tensor(data, [...shape]))
  }
  const input = tf.tensor(latents, [latents.length / 3, 3])
  const pictures = await forward(network, { input }, { training: false }).data()
  disposeNetworks(networks)
  return [...pictures].map((x) => Math.round(127.5 * (x + 1)))
}

describe('the pictures of latents', () => {
  it.each(['ema', 'raw'] as const)('are those that tfjs makes with the checkpoint’s weights (%s)', async (weights) => {
    const { checkpoint } = await savedRun()
    const { pixels, ...rest } = await openExploration().pictures({ checkpoint, weights }, bytesOf(3), 'exact')
    expect(rest).toEqual({ count: 3, size: 16, channels: 1 })
    const expected = await reference(checkpoint, weights, latentsOf(3))
    expect(Math.max(...expected.map((byte, i) => Math.abs(byte - pixels[i]!)))).toBeLessThanOrEqual(1)
  })

  it('are the same bytes for the same seed, however many are made and whoever makes them', async () => {
    const { checkpoint } = await savedRun()
    const source = { checkpoint, weights: 'ema' as const }
    const many = await openExploration().pictures(source, bytesOf(11), 'exact')
    const few = await openExploration().pictures(source, bytesOf(2, 3), 'exact')
    expect([...few.pixels]).toEqual([...many.pixels.subarray(3 * 256, 5 * 256)])
  })

  it('are the same in live play, but for rounding', async () => {
    const { checkpoint } = await savedRun()
    const source = { checkpoint, weights: 'ema' as const }
    const exploration = openExploration()
    const exact = await exploration.pictures(source, bytesOf(1), 'exact')
    const live = await exploration.pictures(source, bytesOf(1), 'live')
    expect(Math.max(...exact.pixels.map((byte, i) => Math.abs(byte - live.pixels[i]!)))).toBeLessThanOrEqual(1)
  })

  it('are one mean picture where latents are truncated to 0', async () => {
    const { checkpoint } = await savedRun()
    const source = { checkpoint, weights: 'ema' as const }
    const { pixels } = await openExploration().pictures(source, toLatentBytes(new Float32Array(6)), 'exact')
    const expected = await reference(checkpoint, 'ema', new Float32Array(3))
    expect([...pixels.subarray(256)]).toEqual([...pixels.subarray(0, 256)])
    expect(Math.max(...expected.map((byte, i) => Math.abs(byte - pixels[i]!)))).toBeLessThanOrEqual(1)
  })

  it('come from many models in turn, of which the oldest are closed', async () => {
    const { folder, file, checkpoint } = await savedRun()
    const exploration = openExploration()
    const all = [checkpoint]
    for (const step of [12, 18, 24, 30]) {
      all.push(await writeState(folder, file.configuration, step))
    }
    const round = () =>
      Promise.all(all.map((place) => exploration.pictures({ checkpoint: place, weights: 'ema' }, bytesOf(1), 'exact')))
    const first = await round()
    expect(await round()).toEqual(first)
  })
})

describe('what can’t be explored', () => {
  it('is a checkpoint that vanished, even when it was open; the others live on', async () => {
    const { folder, file, checkpoint } = await savedRun()
    const other = await writeState(folder, file.configuration, 12)
    const exploration = openExploration()
    await exploration.pictures({ checkpoint, weights: 'ema' }, bytesOf(1), 'exact')
    await rm(checkpoint, { recursive: true })
    await rejection('checkpoint-not-found', () =>
      exploration.pictures({ checkpoint, weights: 'ema' }, bytesOf(1), 'exact')
    )
    expect(await exploration.pictures({ checkpoint: other, weights: 'ema' }, bytesOf(1), 'exact')).toMatchObject({
      count: 1
    })
  })

  it('is a latent of another size, and one too many', async () => {
    const { checkpoint } = await savedRun()
    const exploration = openExploration()
    for (const wrong of [new Uint8Array(16), bytesOf(1025)]) {
      await rejection('latents-invalid', () => exploration.pictures({ checkpoint, weights: 'ema' }, wrong, 'exact'))
    }
  })
})
