import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { HostTensor } from '../../shared/tensor'
import type { Engine, EngineState, Executable } from '../engine/engine'
import { buildNetworks, disposeNetworks, type Networks } from '../model/network'
import { createTrainingStep, type TrainingOutput, type TrainingStep } from '../step/trainingStep'
import { rehearse } from './rehearse'

/** The training step on an engine, and the state it works on. */
export interface PreparedStep {
  readonly networks: Networks
  readonly step: TrainingStep
  readonly executable: Executable<string, TrainingOutput>
  readonly state: EngineState
  /** Of all its tensors. */
  readonly stateBytes: number
  /** How many steps one call of the engine makes where nothing is due in between. */
  readonly stepsPerCall: number
  readonly parameters: { readonly generator: number; readonly discriminator: number }
  /** Frees the state and what the step was traced with; the executable belongs to the engine. */
  dispose(): Promise<void>
}

/** Builds both networks, compiles their training step and hands the engine its state. */
export async function prepareStep(
  engine: Engine,
  configuration: RunConfiguration,
  state: ReadonlyMap<string, HostTensor>
): Promise<PreparedStep> {
  const networks = buildNetworks(configuration.architecture)
  const step = createTrainingStep(configuration, networks)
  const { generator, discriminator } = networks
  const executable = await engine.prepare(step, { inOneCall: engine.movesState })
  const stepsPerCall = engine.isDevice ? await rehearse(engine, step, executable, state) : 1
  const engineState = await engine.createState(state)
  return {
    networks,
    step,
    executable,
    state: engineState,
    stateBytes: [...state.values()].reduce((sum, { data }) => sum + data.byteLength, 0),
    stepsPerCall,
    parameters: { generator: generator.analysis.parameters, discriminator: discriminator.analysis.parameters },
    dispose: async () => {
      await engineState.dispose()
      step.dispose()
      disposeNetworks(networks)
    }
  }
}
