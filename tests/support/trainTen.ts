import type { Engine } from '../../src/main/engine/engine'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import { createTrainingStep, trainingOutputs } from '../../src/main/step/trainingStep'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { inputsOf } from '../step/tinyRun'

export const iterations = 10

/** Outputs of each iteration, and the weights at the end. */
export async function trainTen(engine: Engine, configuration: RunConfiguration) {
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const executable = await engine.prepare(step)
  const state = await engine.createState(initialState(configuration))
  const outputs: number[][] = []
  const readBefore = engine.transfers.bytesFromDevice
  for (let iteration = 0; iteration < iterations; iteration++) {
    const result = await executable.run(state, inputsOf(configuration, iteration))
    outputs.push(trainingOutputs.map((name) => result[name].data[0]!))
  }
  const bytesReadDuringSteps = engine.transfers.bytesFromDevice - readBefore
  const tensors = await state.read()
  const { facts } = executable
  await executable.dispose()
  await state.dispose()
  step.dispose()
  disposeNetworks(networks)
  return { outputs, tensors, facts, bytesReadDuringSteps }
}

/** Largest difference of two arrays, relative to the largest element. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const elements = Array.from(expected)
  const scale = elements.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const most = elements.reduce((largest, value, i) => Math.max(largest, Math.abs(value - actual[i]!)), 0)
  return most === 0 ? 0 : most / scale
}
