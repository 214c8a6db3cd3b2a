import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { buildNetworks, forward } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import { fixedLatents, PictureGenerator } from '../../src/main/train/sampler'
import { Random } from '../../src/shared/random/random'
import { tinyRun } from './support/sessions'

const configuration = tinyRun({ output: { sampleCount: 3 } })
const networks = buildNetworks(configuration.architecture)

/** Initial weights, but for an average that differs from the generator: all its biases are 0.1. */
const state = new Map(
  Array.from(initialState(configuration), ([name, tensor]) =>
    name.startsWith('ema/') && name.endsWith('/bias')
      ? [name, { ...tensor, data: tensor.data.map(() => 0.1) }]
      : [name, tensor]
  )
)

const latentsOf = (count: number) => new Random(4, 'generate').normals(count * configuration.architecture.latentSize)

async function generate(count: number, which: 'ema' | 'raw' = 'ema') {
  const engine = createOrtEngine({ threads: 1 })
  const generator = await PictureGenerator.prepare(engine, which === 'ema' ? networks.ema : networks.generator, 4)
  const pictures = await generator.generate(await engine.createState(state), latentsOf(count))
  await engine.dispose()
  return pictures
}

/** What tfjs' JavaScript backend makes of the same latents, as bytes. */
async function reference(count: number, which: 'ema' | 'generator') {
  await tf.setBackend('cpu')
  const network = networks[which]
  for (const [name, variable] of network.variables) {
    const { data, shape } = state.get(name)!
    variable.assign(tf.tensor(data, [...shape]))
  }
  const input = tf.tensor(latentsOf(count), [count, configuration.architecture.latentSize])
  const pictures = await forward(network, { input }, { training: false }).data()
  return [...pictures].map((x) => Math.round(127.5 * (x + 1)))
}

describe('the generator of samples', () => {
  it.each([
    { which: 'ema' as const, network: 'ema' as const },
    { which: 'raw' as const, network: 'generator' as const }
  ])('makes the pictures that tfjs makes ($which)', async ({ which, network }) => {
    const { pixels, size, channels } = await generate(3, which)
    expect({ size, channels }).toEqual({ size: 16, channels: 1 })
    const expected = await reference(3, network)
    expect(pixels).toHaveLength(expected.length)
    // Sums in another order may fall on the other side of a rounding.
    expect(Math.max(...expected.map((byte, i) => Math.abs(byte - pixels[i]!)))).toBeLessThanOrEqual(1)
  })

  it('makes the same picture of a latent whatever is made beside it', async () => {
    const all = await generate(11)
    const first = await generate(2)
    expect(all.count).toBe(11)
    expect([...all.pixels.subarray(0, first.pixels.length)]).toEqual([...first.pixels])
  })
})

it('the latents of the sample grid belong to the seed', () => {
  const latents = fixedLatents(configuration)
  expect(latents).toHaveLength(9)
  expect(fixedLatents(configuration)).toEqual(latents)
  expect(fixedLatents(tinyRun({ schedule: { seed: 4 } }))).not.toEqual(latents)
})
