import { type HostTensor, sizeOf } from '../../shared/tensor'
import type { Engine, EngineState, Executable } from '../engine/engine'
import { drawStepInputs } from '../step/stepInputs'
import type { TrainingOutput, TrainingStep } from '../step/trainingStep'

/** A call may hold the process' thread this long, since a request to stop waits for its end. */
const longestCallMs = 1000
const mostSteps = 64
/** The share of a call that may be spent on moving the state. */
const overhead = 0.05
const trialSteps = 4

/**
 * Steps of one call, from the time of a call with one step and of one with `count`. A call of k steps takes
 * moving + k · step; k is so large that moving is 5 % of the computing, and so small that the call lasts a second at most.
 */
export function chooseStepsPerCall(oneMs: number, manyMs: number, count = trialSteps): number {
  const stepMs = Math.max((manyMs - oneMs) / (count - 1), oneMs / 100)
  const movingMs = Math.max(0, oneMs - stepMs)
  const enough = Math.ceil(movingMs / (overhead * stepMs))
  const few = Math.floor((longestCallMs - movingMs) / stepMs)
  return Math.max(1, Math.min(enough, few, mostSteps))
}

/** Black pictures in the place of real ones. */
const blankPictures = ({ stepInputs }: TrainingStep): HostTensor[] =>
  Array.from(stepInputs.values()).flatMap(({ draw, dtype, shape }) =>
    draw.kind === 'pictures' ? [{ dtype, shape, data: new Uint8Array(sizeOf(shape)) }] : []
  )

/** So many steps on blank pictures in one go, where only the time counts. */
export async function runBlankSteps(
  executable: Executable<string, TrainingOutput>,
  state: EngineState,
  step: TrainingStep,
  count: number
): Promise<void> {
  const pictures = blankPictures(step)
  await executable.runAll(
    state,
    Array.from({ length: count }, (_, t) => drawStepInputs(step, t, pictures))
  )
}

/**
 * Tries the step on a copy of the state, so that the driver has compiled its kernels and the engine knows which of them
 * it leaves to the CPU. Gives how many steps a call shall make, measured where the state crosses the bus with each.
 */
export async function rehearse(
  engine: Engine,
  step: TrainingStep,
  executable: Executable<string, TrainingOutput>,
  state: ReadonlyMap<string, HostTensor>
): Promise<number> {
  const copy = await engine.createState(state)
  const call = async (count: number) => {
    const startMs = performance.now()
    await runBlankSteps(executable, copy, step, count)
    return performance.now() - startMs
  }
  try {
    await call(1)
    return engine.movesState ? chooseStepsPerCall(await call(1), await call(trialSteps)) : 1
  } finally {
    await copy.dispose()
  }
}
