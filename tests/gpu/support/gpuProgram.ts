// What the tests of the webgpu engine run in a process of its own: a native crash must not take the tests down.

import * as tf from '@tensorflow/tfjs-core'
import type { Engine, EngineState, Executable } from '../../../src/main/engine/engine'
import { createOrtEngine } from '../../../src/main/engine/ort/ortEngine'
import { useHostBackend } from '../../../src/main/model/hostBackend'
import { currentLayer } from '../../../src/main/model/layerScope'
import { buildNetworks } from '../../../src/main/model/network'
import { createGenerateProgram } from '../../../src/main/step/generateProgram'
import { initialState } from '../../../src/main/step/initialState'
import type { Program } from '../../../src/main/step/program'
import { createTrainingStep } from '../../../src/main/step/trainingStep'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import { KwiatError } from '../../../src/shared/errors'
import { float32, type HostTensor, scalar } from '../../../src/shared/tensor'
import { inputsOf } from '../../step/tinyRun'
import { scaledDown as scaledPreset } from '../../support/scaledPreset'
import { iterations, relativeDifference, trainTen } from '../../support/trainTen'

/** Seeds with which rounding pushes no activation over the kink of a ReLU, as 1 does for chollet-32 at the fourth step. */
const scaledDown = (preset: string): RunConfiguration => scaledPreset(preset, preset === 'chollet-32' ? 2 : 1)

const cpu = (): Engine => createOrtEngine({ threads: 1, currentLayer })
const webgpu = (): Engine => createOrtEngine({ provider: 'webgpu', currentLayer })

/** Ten steps on both engines: how far apart they end, and what the GPU engine left to the CPU and read back. */
async function parity(preset: string) {
  const configuration = scaledDown(preset)
  const expected = await trainTen(cpu(), configuration)
  const engine = webgpu()
  const actual = await trainTen(engine, configuration)
  return {
    outputs: expected.outputs.map((outputs, t) => relativeDifference(actual.outputs[t]!, outputs)),
    tensors: Object.fromEntries(
      Array.from(expected.tensors, ([name, { data }]) => [
        name,
        relativeDifference(actual.tensors.get(name)!.data, data)
      ])
    ),
    fallbacks: actual.facts.fallbacks,
    bytesReadPerStep: actual.bytesReadDuringSteps / iterations
  }
}

interface Prepared {
  readonly configuration: RunConfiguration
  readonly engine: Engine
  readonly executable: Executable
  readonly state: EngineState
}

async function prepare(engine: Engine, preset: string, tensors?: ReadonlyMap<string, HostTensor>): Promise<Prepared> {
  const configuration = scaledDown(preset)
  const step = createTrainingStep(configuration, buildNetworks(configuration.architecture))
  const executable = await engine.prepare(step)
  return { configuration, engine, executable, state: await engine.createState(tensors ?? initialState(configuration)) }
}

async function steps({ configuration, executable, state }: Prepared, from: number, to: number): Promise<void> {
  for (let t = from; t < to; t++) {
    await executable.run(state, inputsOf(configuration, t))
  }
}

/** Side of the square matrix that `memory` adds to. */
const side = 1024

/** w ← w + x, and its first element. */
function createSum(): Program<'x', 'y'> {
  const w = tf.variable(tf.zeros([side, side]))
  return {
    name: 'sum',
    inputs: { x: { dtype: 'float32', shape: [] } },
    variables: new Map([['w', w]]),
    outputs: ['y'],
    run: ({ x }) => {
      w.assign(tf.add(w, x))
      return { y: tf.slice(w, [0, 0], [1, 1]) }
    }
  }
}

/** Memory of the process, which with SwiftShader is the device's too, while a state of 4 MB is computed anew 200 times. */
async function memory() {
  const engine = webgpu()
  const executable = await engine.prepare(createSum())
  const state = await engine.createState(new Map([['w', float32(new Float32Array(side * side), [side, side])]]))
  const residentBytes: number[] = []
  let last = 0
  for (let step = 1; step <= 200; step++) {
    const { y } = await executable.run(state, { x: scalar(1) })
    last = y.data[0]!
    residentBytes.push(process.memoryUsage.rss())
  }
  return { last, stateBytes: 4 * side * side, grownBytes: residentBytes[199]! - residentBytes[19]! }
}

/** Five steps on each engine in either order, beside ten on one. */
async function resume(preset: string) {
  const whole = await prepare(cpu(), preset)
  await steps(whole, 0, 10)
  const expected = await whole.state.read()
  const differences: Record<string, number> = {}
  for (const [order, first, second] of [
    ['webgpu, then cpu', webgpu(), cpu()],
    ['cpu, then webgpu', cpu(), webgpu()]
  ] as const) {
    const begun = await prepare(first, preset)
    await steps(begun, 0, 5)
    const resumed = await prepare(second, preset, await begun.state.read())
    await steps(resumed, 5, 10)
    const tensors = await resumed.state.read()
    differences[order] = Math.max(
      ...Array.from(expected, ([name, { data }]) => relativeDifference(tensors.get(name)!.data, data))
    )
  }
  return { differences }
}

/** The training step and the generator over one state on the device. */
async function generate(preset: string) {
  const run = await prepare(webgpu(), preset)
  await steps(run, 0, 2)
  const networks = buildNetworks(run.configuration.architecture)
  const program = createGenerateProgram(networks.ema, 2)
  const { latentSize } = run.configuration.architecture
  const latent = float32(
    Float32Array.from({ length: 2 * latentSize }, (_, i) => Math.sin(i)),
    [2, latentSize]
  )
  const onDevice = await (await run.engine.prepare(program)).run(run.state, { latent })
  const reference = cpu()
  const onHost = await (await reference.prepare(program)).run(await reference.createState(await run.state.read()), {
    latent
  })
  return { difference: relativeDifference(onDevice.pictures.data, onHost.pictures.data) }
}

/** Trains until the engine fails: what it says. */
async function fail(preset: string) {
  try {
    await steps(await prepare(webgpu(), preset), 0, 20)
    return { code: null, message: '' }
  } catch (error) {
    return error instanceof KwiatError
      ? { code: error.code, message: error.message }
      : { code: 'bug', message: String(error) }
  }
}

const tasks = { parity, memory, resume, generate, fail }
export type TaskName = keyof typeof tasks
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>

const isTask = (name: string | undefined): name is TaskName => name !== undefined && Object.hasOwn(tasks, name)

async function main(): Promise<void> {
  const [, , task, preset = 'flowers-32'] = process.argv
  if (!isTask(task)) {
    throw new Error(`gpuProgram: expected one of ${Object.keys(tasks)}, got ${task}`)
  }
  useHostBackend()
  const result = await tasks[task](preset)
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
