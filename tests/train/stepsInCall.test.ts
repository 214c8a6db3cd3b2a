import { describe, expect, it } from 'vitest'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { fallbacksIn } from '../../src/main/engine/ort/profile'
import { initialState } from '../../src/main/step/initialState'
import { prepareStep } from '../../src/main/train/prepareStep'
import { chooseStepsPerCall } from '../../src/main/train/rehearse'
import type { RunStart } from '../../src/main/train/runStart'
import { stepsInCall } from '../../src/main/train/stepsInCall'
import { train } from '../../src/main/train/train'
import { noisePictures, tinyConfiguration } from '../step/tinyRun'

describe('the steps of one call', () => {
  it('end where the state is read: at sample grids, checkpoints and the end', () => {
    const calls: number[] = []
    for (let step = 0; step < 23; step += calls.at(-1)!) {
      calls.push(stepsInCall(step, { sampleEvery: 10, checkpointEvery: 7, scoreEvery: 0 }, 23, 4))
    }
    // 4, 7 (checkpoint), 10 (samples), 14 (checkpoint), 18, 20 (samples), 21 (checkpoint), 23 (the end)
    expect(calls).toEqual([4, 3, 3, 4, 4, 2, 1, 2])
  })

  it('are single ones where the engine keeps its state', () => {
    expect(stepsInCall(0, { sampleEvery: 100, checkpointEvery: 100, scoreEvery: 50 }, 1000, 1)).toBe(1)
  })
})

describe('how many steps a call makes', () => {
  it('is as many as make the moving of the state 5 % of the computing', () => {
    // Moving takes 20 ms, a step 10 ms.
    expect(chooseStepsPerCall(30, 60, 4)).toBe(40)
  })

  it('is one where nothing is moved', () => {
    expect(chooseStepsPerCall(10, 40, 4)).toBe(1)
  })

  it('is so few that a call lasts a second at most', () => {
    // Moving takes 300 ms, a step 200 ms.
    expect(chooseStepsPerCall(500, 1100, 4)).toBe(3)
  })

  it('is at least one and at most 64, however odd the times are', () => {
    expect(chooseStepsPerCall(3000, 9000, 4)).toBe(1)
    expect(chooseStepsPerCall(10, 9, 4)).toBe(64)
  })
})

/** Trains eleven steps; gives the metrics of each and the weights at each sample grid and checkpoint. */
async function record(stepsPerCall: number) {
  const configuration = tinyConfiguration({
    schedule: { batchSize: 4, seed: 3, steps: 11 },
    output: { sampleEvery: 3, checkpointEvery: 5 }
  })
  const engine = createOrtEngine({ threads: 1 })
  // As a provider without tensors on its device.
  const moving = {
    id: engine.id,
    description: engine.description,
    tolerance: engine.tolerance,
    transfers: engine.transfers,
    isDevice: stepsPerCall > 1,
    movesState: stepsPerCall > 1,
    prepare: engine.prepare.bind(engine),
    createState: engine.createState.bind(engine),
    dispose: engine.dispose.bind(engine)
  }
  const prepared = await prepareStep(moving, configuration, initialState(configuration))
  const start: RunStart = {
    configuration,
    engine: { id: 'cpu' },
    pictures: {
      count: 4,
      fingerprint: '',
      notices: [],
      batchesAt: async (t) => [noisePictures(configuration, t)],
      sample: async () => new Uint8Array(),
      close: async () => undefined
    },
    state: new Map(),
    fromStep: 0,
    savedStep: null,
    secondsBefore: 0,
    kimgBefore: 0,
    notices: [],
    claimFolder: async () => '',
    close: async () => undefined
  }
  const events: unknown[] = []
  const result = await train(
    start,
    { ...prepared, stepsPerCall },
    {
      step: async (step, figures) => void events.push({ step, figures }),
      drawSamples: async () => undefined,
      sample: async (step) => void events.push({ sample: step, state: await prepared.state.read() }),
      checkpoint: async (step) => void events.push({ checkpoint: step, state: await prepared.state.read() }),
      score: async () => null,
      settle: async () => undefined,
      lowDisk: async () => null
    },
    { stop: new AbortController().signal }
  )
  await prepared.dispose()
  await engine.dispose()
  return { result, events }
}

describe('training with several steps in one call', () => {
  it('records what single steps record, bit for bit', async () => {
    const single = await record(1)
    const several = await record(4)
    const byKind = (events: readonly unknown[]) => [
      ...events.filter((event) => JSON.stringify(event).startsWith('{"step"')),
      ...events.filter((event) => !JSON.stringify(event).startsWith('{"step"'))
    ]
    expect(several.result).toEqual({ step: 11, reason: 'done' })
    expect(byKind(several.events)).toEqual(byKind(single.events))
  })
})

describe('a profile of onnxruntime', () => {
  const event = (name: string, operator: string, provider: string, dur = 1500) => ({
    cat: 'Node',
    name: `${name}_kernel_time`,
    dur,
    args: { op_name: operator, provider }
  })

  it('tells which operators ran on the CPU, and which carried tensors between', () => {
    const profile = [
      { cat: 'Session', name: 'model_run', dur: 5000, args: {} },
      event('generator/dense/MatMul_7', 'MatMul', 'WebGpuExecutionProvider'),
      event('discriminator/conv2d/Greater_9', 'Transpose', 'CPUExecutionProvider'),
      event('Memcpy_1', 'MemcpyToHost', 'WebGpuExecutionProvider', 20)
    ]
    expect(fallbacksIn(profile)).toEqual([
      { operator: 'Transpose', node: 'discriminator/conv2d/Greater_9', ms: 1.5 },
      { operator: 'MemcpyToHost', node: 'Memcpy_1', ms: 0.02 }
    ])
  })
})
