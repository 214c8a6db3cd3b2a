import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { loadTensorflow, provideRemoved, whyUnusable } from '../../src/main/engine/eager/tensorflow'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { buildNetworks } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import { createTrainingStep } from '../../src/main/step/trainingStep'
import { inputsOf, tinyConfiguration } from '../step/tinyRun'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

describe('the eager engine', () => {
  it('holds as many tensors after 200 steps as after one', { timeout: 300_000 }, async () => {
    useHostBackend()
    const configuration = tinyConfiguration({ schedule: { batchSize: 2, seed: 3 } })
    const step = createTrainingStep(configuration, buildNetworks(configuration.architecture))
    const engine = createEagerEngine(javaScriptBackend)
    const executable = await engine.prepare(step)
    const state = await engine.createState(initialState(configuration))
    const inputs = inputsOf(configuration)
    await executable.run(state, inputs)
    const { numTensors, numBytes } = tf.memory()
    for (let t = 1; t < 200; t++) {
      await executable.run(state, inputs)
    }
    expect(tf.memory()).toMatchObject({ numTensors, numBytes })
  })
})

const requireHere = createRequire(import.meta.url)

/** A package of that name whose kernels are those of tfjs' JavaScript backend. */
async function fakePackage(name: string, { version = tf.version_core, usesGpu = true, before = '' } = {}) {
  const folder = await temporaryFolder()
  const home = join(folder, 'node_modules', '@tensorflow', name)
  await mkdir(home, { recursive: true })
  await writeFile(
    join(home, 'package.json'),
    JSON.stringify({ name: `@tensorflow/${name}`, version, main: 'index.js' })
  )
  const core = JSON.stringify(requireHere.resolve('@tensorflow/tfjs-core'))
  const cpu = JSON.stringify(requireHere.resolve('@tensorflow/tfjs-backend-cpu'))
  await writeFile(
    join(home, 'index.js'),
    `${before}
    const tf = require(${core})
    const { MathBackendCPU } = require(${cpu})
    try { tf.removeBackend('tensorflow') } catch {}
    tf.registerBackend('tensorflow', () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice: ${usesGpu} }))
    tf.copyRegisteredKernels('cpu', 'tensorflow')`
  )
  return folder
}

describe("TensorFlow's packages", () => {
  it('are taken from the folder that the user names and compute on their own backend', async () => {
    const backend = await loadTensorflow('tfjs-node', [await fakePackage('tfjs-node')])
    expect(backend).toEqual({
      id: 'tfjs-node',
      description: `TensorFlow by @tensorflow/tfjs-node ${tf.version_core}, kernel by kernel on the CPU`,
      backend: 'tensorflow'
    })
    const engine = createEagerEngine(backend)
    const program = await engine.prepare({
      name: 'double',
      inputs: { x: { dtype: 'float32', shape: [2] } },
      variables: new Map(),
      outputs: ['y'],
      run: ({ x }) => ({ y: tf.mul(x!, 2) })
    })
    const { y } = await program.run(await engine.createState(new Map()), {
      x: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }
    })
    expect(tf.getBackend()).toBe('tensorflow')
    expect([...y!.data]).toEqual([2, 4])
    await tf.setBackend('cpu')
  })

  it('are told to be missing where no folder has them', async () => {
    const folder = await temporaryFolder()
    const error = await rejection('engine-unavailable', () => loadTensorflow('tfjs-node-gpu', [folder]))
    expect(error).toMatchObject({ code: 'engine-unavailable' })
    expect(String(error)).toContain(`expected the package in ${folder}, got none; run npm run setup:tfjs-gpu`)
  })

  it('are told to lack their native part where only that is missing', async () => {
    // As the package itself says it (tfjs-node 4.22.0).
    const before = "throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path: x')"
    const folder = await fakePackage('tfjs-node', { before })
    const error = await rejection('engine-unavailable', () => loadTensorflow('tfjs-node', [folder]))
    expect(String(error)).toContain('expected its native part (tfjs_binding.node)')
  })

  it('are refused where they were made for another tfjs', async () => {
    const folder = await fakePackage('tfjs-node', { version: '3.0.0' })
    const error = await rejection('engine-unavailable', () => loadTensorflow('tfjs-node', [folder]))
    expect(String(error)).toContain('got version 3.0.0')
  })

  it('for GPUs are refused where TensorFlow would compute on the CPU without a word', async () => {
    const folder = await fakePackage('tfjs-node-gpu', { usesGpu: false })
    const error = await rejection('engine-unavailable', () => loadTensorflow('tfjs-node-gpu', [folder]))
    expect(String(error)).toContain('CUDA 11.2 and cuDNN 8')
    await tf.setBackend('cpu')
  })

  it('are told not to load where a library of theirs is missing', () => {
    const error = Object.assign(new Error('libtensorflow.so.2: cannot open shared object file'), {
      code: 'ERR_DLOPEN_FAILED'
    })
    expect(whyUnusable('tfjs-node', error, []).message).toContain(
      'got libtensorflow.so.2: cannot open shared object file'
    )
  })

  it('find the functions that Node 23 removed from util, and those that are there stay', () => {
    const own = () => true
    const util: Record<string, unknown> = { isArray: own }
    provideRemoved(util)
    expect(util.isArray).toBe(own)
    expect([null, undefined, 0].map(util.isNullOrUndefined as (value: unknown) => boolean)).toEqual([true, true, false])
  })
})
