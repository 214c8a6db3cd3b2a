import { describe, expect, it } from 'vitest'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { presetNames } from '../../src/main/model/presets'
import { initialState } from '../../src/main/step/initialState'
import { createTrainingStep } from '../../src/main/step/trainingStep'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { inputsOf } from '../step/tinyRun'
import { scaledDown } from '../support/scaledPreset'

const steps = 6

/** Outputs of six steps and the state after them, computed in calls of so many steps. */
async function trainInCalls(configuration: RunConfiguration, callSizes: readonly number[] | 'one by one') {
  const engine = createOrtEngine({ threads: 1 })
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const executable = await engine.prepare(step, { inOneCall: callSizes !== 'one by one' })
  const state = await engine.createState(initialState(configuration))
  const inputs = Array.from({ length: steps }, (_, t) => inputsOf(configuration, t))
  const outputs: unknown[] = []
  for (const size of callSizes === 'one by one' ? Array.from(inputs, () => 1) : callSizes) {
    outputs.push(...(await executable.runAll(state, inputs.splice(0, size))))
  }
  const tensors = await state.read()
  await state.dispose()
  await engine.dispose()
  step.dispose()
  disposeNetworks(networks)
  return { outputs, tensors }
}

describe('several steps in one call', () => {
  it.each(presetNames)('of %s equal single steps bit for bit', async (name) => {
    const configuration = scaledDown(name)
    const expected = await trainInCalls(configuration, 'one by one')
    expect(expected.outputs).toHaveLength(steps)
    expect(await trainInCalls(configuration, [steps])).toEqual(expected)
  })

  it('may be as many as the caller likes from call to call', async () => {
    const configuration = scaledDown('flowers-32')
    const expected = await trainInCalls(configuration, 'one by one')
    expect(await trainInCalls(configuration, [1, 3, 2])).toEqual(expected)
  })
})
