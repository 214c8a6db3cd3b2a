import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { buildNetworks, disposeNetworks } from '../../src/main/model/network'
import { initialState } from '../../src/main/step/initialState'
import { drawStepInputs } from '../../src/main/step/stepInputs'
import { createTrainingStep, type TrainingOutput } from '../../src/main/step/trainingStep'
import { parseRunConfiguration } from '../../src/shared/config/parse'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { Random } from '../../src/shared/random/random'
import type { HostTensor } from '../../src/shared/tensor'
import { tinyArchitecture } from '../model/tinyArchitecture'

export type State = ReadonlyMap<string, HostTensor>
export type Inputs = Readonly<Record<string, HostTensor>>

/** Gradient descent with plain steps of this size, so that a step shows the gradient. */
export const descent = (learningRate: number) => ({ kind: 'sgd', learningRate })

/** The tiny networks with plain descent; `fields` replace parts of the configuration. */
export const tinyConfiguration = (fields: object = {}): RunConfiguration =>
  parseRunConfiguration({
    preset: 'tiny',
    architecture: tinyArchitecture(),
    generatorOptimizer: descent(1),
    discriminatorOptimizer: descent(1),
    schedule: { batchSize: 4, seed: 3 },
    ...fields
  })

/** A batch of noise for pictures, another one for each `index`. */
export function noisePictures({ architecture, schedule }: RunConfiguration, index = 0): HostTensor {
  const { pictureSize, channels } = architecture
  const shape = [schedule.batchSize, pictureSize, pictureSize, channels]
  const size = shape.reduce((a, b) => a * b, 1)
  return { dtype: 'uint8', shape, data: Uint8Array.from(new Random(1, 'flowers', index).uniforms(size, 0, 256)) }
}

/** The inputs of an iteration with noise for pictures. */
export function inputsOf(configuration: RunConfiguration, iteration = 0): Inputs {
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const { discriminatorSteps } = configuration.schedule
  const pictures = Array.from({ length: discriminatorSteps }, (_, update) =>
    noisePictures(configuration, iteration * discriminatorSteps + update)
  )
  const inputs = drawStepInputs(step, iteration, pictures)
  step.dispose()
  disposeNetworks(networks)
  return inputs
}

export interface Trained {
  readonly state: Map<string, HostTensor>
  /** Outputs of the last iteration. */
  readonly outputs: Readonly<Record<TrainingOutput, number>>
}

/** Trains on tfjs' JavaScript backend, one iteration for each of `inputs`. */
export async function train(
  configuration: RunConfiguration,
  state: State,
  inputs: readonly Inputs[]
): Promise<Trained> {
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const engine = createEagerEngine(javaScriptBackend)
  const executable = await engine.prepare(step)
  const engineState = await engine.createState(state)
  let outputs: Readonly<Record<string, HostTensor>> = {}
  for (const iteration of inputs) {
    outputs = await executable.run(engineState, iteration)
  }
  const trained = await engineState.read()
  await engineState.dispose()
  step.dispose()
  disposeNetworks(networks)
  const output = (name: TrainingOutput) => outputs[name]!.data[0]!
  return {
    state: trained,
    outputs: {
      'loss/d': output('loss/d'),
      'loss/g': output('loss/g'),
      'score/real': output('score/real'),
      'score/fake': output('score/fake')
    }
  }
}

/** Trains from the configuration's own first state for so many iterations. */
export const trainFor = (configuration: RunConfiguration, iterations: number): Promise<Trained> =>
  train(
    configuration,
    initialState(configuration),
    Array.from({ length: iterations }, (_, iteration) => inputsOf(configuration, iteration))
  )

/** The tensors whose names begin so, as plain arrays. */
export const part = (state: State, prefix: string): Record<string, number[]> =>
  Object.fromEntries(
    Array.from(state, ([name, { data }]) => [name, Array.from(data)] as const).filter(([name]) =>
      name.startsWith(prefix)
    )
  )
