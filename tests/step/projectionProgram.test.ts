import { describe, expect, it, onTestFinished } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import type { Engine } from '../../src/main/engine/engine'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import {
  createProjectionProgram,
  latentName,
  projectionRate,
  projectionVariables
} from '../../src/main/step/projectionProgram'
import { Random } from '../../src/shared/random/random'
import { float32, type HostTensor, scalar } from '../../src/shared/tensor'
import { tinyConfiguration } from './tinyRun'

const starts = 3
const [slotM] = projectionVariables.filter((name) => name.includes('/m/'))
const target = float32(new Random(1, 'flowers').uniforms(256, -1, 1), [1, 16, 16, 1])
const initialLatents = new Random(2, 'projection').normals(starts * 3)

const weights = new Map([...initialState(tinyConfiguration())].filter(([name]) => name.startsWith('ema/')))

function stateWith(latents: Float32Array): Map<string, HostTensor> {
  const own = projectionVariables.map(
    (name) => [name, float32(name === latentName ? latents : new Float32Array(latents.length), [starts, 3])] as const
  )
  return new Map([...weights, ...own])
}

/** Runs `steps` steps from the latents; gives what the last one told and the state after it. */
async function run(engine: Engine, latents: Float32Array, steps = 1, rate = 0.05) {
  const networks = buildNetworks(tinyConfiguration().architecture)
  const program = createProjectionProgram(networks.ema, starts)
  onTestFinished(async () => {
    program.dispose()
    disposeNetworks(networks)
    await engine.dispose()
  })
  const executable = await engine.prepare(program)
  const state = await engine.createState(stateWith(latents))
  let outputs = await executable.run(state, { target, rate: scalar(rate) })
  for (let step = 1; step < steps; step++) {
    outputs = await executable.run(state, { target, rate: scalar(rate) })
  }
  return { outputs, state: await state.read() }
}

const eager = () => createEagerEngine(javaScriptBackend)
const largestDifference = (a: HostTensor, b: HostTensor) =>
  Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i]!)))

describe('a step of a projection', () => {
  it('leaves the same latents and tells the same compiled as kernel by kernel', async () => {
    const reference = await run(eager(), initialLatents, 3)
    const compiled = await run(createOrtEngine({ threads: 1 }), initialLatents, 3)
    for (const name of ['loss', 'error', 'pictures'] as const) {
      expect(largestDifference(compiled.outputs[name], reference.outputs[name])).toBeLessThan(1e-4)
    }
    expect(largestDifference(compiled.state.get(latentName)!, reference.state.get(latentName)!)).toBeLessThan(1e-4)
  })

  it('follows the gradient of its own loss, each start for itself', async () => {
    // After one step from zero slots, Adam's m is (1 − 0.9) times the gradient.
    const { state } = await run(eager(), initialLatents)
    const gradient = state.get(slotM!)!.data.map((value) => value / 0.1)
    const lossAt = async (latents: Float32Array, start: number) =>
      (await run(eager(), latents)).outputs.loss.data[start]!
    const step = 1e-2
    for (const element of [0, 4, 8]) {
      const moved = (by: number) => initialLatents.map((value, i) => (i === element ? value + by : value))
      const start = Math.floor(element / 3)
      const numeric = ((await lossAt(moved(step), start)) - (await lossAt(moved(-step), start))) / (2 * step)
      expect(gradient[element]).toBeCloseTo(numeric, 3)
    }
  })

  it('leaves the generator as it is', async () => {
    const { state } = await run(eager(), initialLatents, 2)
    for (const [name, tensor] of weights) {
      expect(state.get(name)!.data).toEqual(tensor.data)
    }
  })

  it('tells the mean square difference of the pixels', async () => {
    const { outputs } = await run(eager(), initialLatents)
    const { pictures, error } = outputs
    for (let start = 0; start < starts; start++) {
      const own = Array.from(pictures.data.subarray(start * 256, (start + 1) * 256))
      const mean = own.reduce((sum, value, i) => sum + (value - target.data[i]!) ** 2, 0) / 256
      expect(error.data[start]).toBeCloseTo(mean, 5)
    }
  })
})

it('the step size rises at first and ends near 0', () => {
  const sizes = Array.from({ length: 100 }, (_, t) => projectionRate(t, 100, 0.1))
  expect(sizes[0]).toBeLessThan(sizes[10]!)
  expect(sizes[99]).toBeLessThan(1e-4)
  expect(Math.max(...sizes)).toBeLessThan(0.1)
})
