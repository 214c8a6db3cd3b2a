import type { EngineTrial, EngineTrialRequest } from '../../../shared/contract/engines'
import { withCleanup } from '../../../shared/withCleanup'
import { initialState } from '../../step/initialState'
import { createEngine } from '../../train/createEngine'
import { prepareStep } from '../../train/prepareStep'
import { runBlankSteps } from '../../train/rehearse'

/** The first call of an engine pays for what its driver compiles and for memory that the later ones reuse. */
const leastCalls = 2

/**
 * Trains a model on blank pictures in this process for so many seconds, and at least two calls beyond the first.
 *
 * @throws KwiatError for what is wrong with the engine, see `createEngine` and `Executable.runAll`
 */
export function measureEngine({ engine: choice, configuration, seconds }: EngineTrialRequest): Promise<EngineTrial> {
  return withCleanup(async (atEnd) => {
    const engine = await createEngine(choice)
    atEnd(() => engine.dispose())
    const prepared = await prepareStep(engine, configuration, initialState(configuration))
    atEnd(prepared.dispose)
    const { executable, stepsPerCall, step, state } = prepared
    const call = () => runBlankSteps(executable, state, step, stepsPerCall)
    await call()
    const startMs = performance.now()
    const elapsed = () => (performance.now() - startMs) / 1000
    let calls = 0
    while (calls < leastCalls || elapsed() < seconds) {
      await call()
      calls++
    }
    const stepsPerSecond = (calls * stepsPerCall) / elapsed()
    const { batchSize, discriminatorSteps } = configuration.schedule
    const { compileMs, fallbacks } = executable.facts
    return {
      description: engine.description,
      stepsPerSecond,
      picturesPerSecond: stepsPerSecond * batchSize * discriminatorSteps,
      stepsPerCall,
      compileMs: compileMs ?? null,
      fallbacks: fallbacks?.length ?? 0
    }
  })
}
