import { KwiatError } from '../../shared/errors'
import { recordOf } from '../../shared/records'
import type { HostTensor } from '../../shared/tensor'
import { drawStepInputs } from '../step/stepInputs'
import { type TrainingOutput, trainingOutputs } from '../step/trainingStep'
import { isDue } from './due'
import type { PreparedStep } from './prepareStep'
import type { RunRecorder } from './runRecorder'
import type { RunStart } from './runStart'

/** How far training came, and whether to its end. */
export interface TrainResult {
  readonly step: number
  readonly reason: 'done' | 'stopped'
}

/**
 * Trains until the run's iterations are done or `stop` is asked for, and saves a checkpoint and samples at the end in
 * either case.
 *
 * @throws KwiatError `training-diverged` when a loss is no finite number; the checkpoints before that are kept
 */
export async function train(
  { configuration, pictures, fromStep, run }: RunStart,
  prepared: PreparedStep,
  recorder: RunRecorder,
  stop: AbortSignal
): Promise<TrainResult> {
  const { output, schedule } = configuration
  let step = fromStep
  let isSaved = false
  while (step < schedule.steps && !stop.aborted) {
    const figures = await iterate(prepared, step, await pictures.batchesAt(step))
    step++
    checkFinite(figures, step, run.folder)
    if (isDue(step, output.logEvery, schedule.steps)) {
      await recorder.step(step, figures)
    }
    if (isDue(step, output.sampleEvery, schedule.steps)) {
      await recorder.sample(step)
    }
    isSaved = isDue(step, output.checkpointEvery, schedule.steps)
    if (isSaved) {
      await recorder.checkpoint(step)
    }
  }
  if (!isSaved && step > fromStep) {
    await recorder.checkpoint(step)
  }
  return { step, reason: step === schedule.steps ? 'done' : 'stopped' }
}

type Figures = Record<TrainingOutput, number>

/** One iteration on the engine: t is the number of iterations done before it. */
async function iterate(
  { step, executable, state }: PreparedStep,
  t: number,
  real: readonly HostTensor[]
): Promise<Figures> {
  const outputs = await executable.run(state, drawStepInputs(step, t, real))
  return recordOf(trainingOutputs, (name) => outputs[name].data[0]!)
}

function checkFinite(figures: Figures, step: number, runFolder: string): void {
  const broken = trainingOutputs.find((name) => !Number.isFinite(figures[name]))
  if (broken !== undefined) {
    throw new KwiatError('training-diverged', {
      who: `step ${step}`,
      expected: `a finite ${broken}`,
      actual: `${figures[broken]}`,
      todo: `lower the learning rates or clip the gradients; ${runFolder} keeps the checkpoints from before`
    })
  }
}
