import { describe, expect, it } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { createGenerateProgram } from '../../src/main/step/generateProgram'
import { Random } from '../../src/shared/random/random'
import { float32 } from '../../src/shared/tensor'
import { descent, type State, tinyConfiguration, trainFor } from './tinyRun'

async function generate(state: State, which: 'ema' | 'raw', latents: Float32Array) {
  const networks = buildNetworks(tinyConfiguration().architecture)
  const batch = latents.length / 3
  const engine = createEagerEngine(javaScriptBackend)
  const program = await engine.prepare(
    createGenerateProgram(which === 'ema' ? networks.ema : networks.generator, batch)
  )
  const engineState = await engine.createState(state)
  const { pictures } = await program.run(engineState, { latent: float32(latents, [batch, 3]) })
  disposeNetworks(networks)
  return pictures
}

const latents = new Random(1, 'generate').normals(6)
const trained = async () => (await trainFor(tinyConfiguration({ generatorOptimizer: descent(0.1) }), 2)).state

describe('createGenerateProgram', () => {
  it('gives pictures [batch, size, size, channels] within [−1, 1]', async () => {
    const pictures = await generate(await trained(), 'ema', latents)
    expect(pictures.shape).toEqual([2, 16, 16, 1])
    expect(pictures.data.every((value) => Math.abs(value) <= 1)).toBe(true)
    expect(new Set(pictures.data).size).toBeGreaterThan(400)
  })

  it('gives a picture that depends on its own latents only', async () => {
    const state = await trained()
    const both = await generate(state, 'raw', latents)
    const alone = await generate(state, 'raw', latents.slice(3))
    expect([...alone.data]).toEqual([...both.data.slice(256)])
  })

  it('uses the average or the newest generator, as asked', async () => {
    const state = await trained()
    const average = await generate(state, 'ema', latents)
    const newest = await generate(state, 'raw', latents)
    expect(average.data).not.toEqual(newest.data)
    const swapped = new Map(
      Array.from(state, ([name, tensor]) => [
        name.replace(/^(ema|generator)/, (n) => (n === 'ema' ? 'generator' : 'ema')),
        tensor
      ])
    )
    expect((await generate(swapped, 'ema', latents)).data).toEqual(newest.data)
  })
})
