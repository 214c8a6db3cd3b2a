import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TrainingProblem } from '../../shared/contract/training'
import { KwiatError } from '../../shared/errors'
import { recordOf } from '../../shared/records'
import type { HostTensor } from '../../shared/tensor'
import { drawStepInputs } from '../step/stepInputs'
import { trainingOutputs } from '../step/trainingStep'
import { checkFiniteFigures, type Figures } from './checkFinite'
import type { LowDisk } from './diskGuard'
import { isDue, isScoreDue } from './due'
import type { PreparedStep } from './prepareStep'
import type { RunRecorder } from './runRecorder'
import type { RunStart } from './runStart'
import type { Snapshots } from './snapshots'
import { stepsInCall } from './stepsInCall'

/** How far training came, and whether to its end. */
export interface TrainResult {
  readonly step: number
  /** paused: the disk is nearly full. */
  readonly reason: 'done' | 'stopped' | 'paused'
  /** Why it paused. */
  readonly problem?: TrainingProblem
}

export interface TrainPorts {
  /** Aborted when the user asks for the end. */
  readonly stop: AbortSignal
  readonly snapshots?: Snapshots
}

/** What a run is written down with. */
export type Recorder = Pick<
  RunRecorder,
  'step' | 'drawSamples' | 'sample' | 'checkpoint' | 'score' | 'settle' | 'lowDisk'
>

/**
 * Trains until the run's iterations are done or `stop` is asked for; in either case its last state is saved, and its
 * last pictures are shown. A failure saves the state as well where it still can be.
 *
 * @throws KwiatError `training-diverged` when a loss or a weight is no finite number; the checkpoints before that are kept
 * @throws KwiatError `disk-full`, `disk-unwritable`, `engine-failed`, `data-corrupt`
 */
export async function train(
  start: RunStart,
  prepared: PreparedStep,
  recorder: Recorder,
  { stop, snapshots }: TrainPorts
): Promise<TrainResult> {
  const run = new TrainingLoop(start, prepared, recorder)
  try {
    let lowDisk = await recorder.lowDisk()
    while (!run.isDone && !stop.aborted && lowDisk === null) {
      await run.iterate()
      await snapshots?.give(prepared.networks, prepared.state, run.step)
      // The request to stop arrives between two turns of the event loop.
      await nextTurn()
      lowDisk = await recorder.lowDisk()
    }
    if (lowDisk !== null && !run.isDone) {
      return await run.pause(lowDisk)
    }
    await run.save()
    await recorder.settle()
    await run.show()
  } catch (error) {
    const isWorthSaving = !(error instanceof KwiatError && error.code === 'training-diverged')
    if (isWorthSaving) {
      await run.saveIfPossible()
    }
    throw error
  }
  return { step: run.step, reason: run.isDone ? 'done' : 'stopped' }
}

/** Where training stands, and what of it is saved and shown. */
class TrainingLoop {
  readonly #start: RunStart
  readonly #prepared: PreparedStep
  readonly #recorder: Recorder
  #step: number
  #shownStep: number | null

  constructor(start: RunStart, prepared: PreparedStep, recorder: Recorder) {
    this.#start = start
    this.#prepared = prepared
    this.#recorder = recorder
    this.#step = start.fromStep
    this.#shownStep = start.savedStep
  }

  /** Iterations done. */
  get step(): number {
    return this.#step
  }

  get isDone(): boolean {
    return this.#step >= this.#start.configuration.schedule.steps
  }

  /** One call of the engine, and what is due after each of its iterations and after the last. */
  async iterate(): Promise<void> {
    const { output, schedule } = this.#start.configuration
    const first = this.#step
    const count = stepsInCall(first, output, schedule.steps, this.#prepared.stepsPerCall)
    const figures = await this.#run(count)
    this.#step += count
    const isShown = isDue(this.#step, output.sampleEvery, schedule.steps)
    for (const [position, each] of figures.entries()) {
      const step = first + position + 1
      if (isShown && step === this.#step) {
        // First, since the line of this step holds what they tell.
        await this.#recorder.drawSamples()
      }
      await this.#note(step, each)
    }
    if (isShown) {
      await this.show()
    }
    if (isDue(this.#step, output.checkpointEvery, schedule.steps)) {
      await this.save()
    }
  }

  /** Begins to save a checkpoint of the present state unless there is one. */
  save(): Promise<void> {
    return this.#recorder.checkpoint(this.#step)
  }

  /** The same, but saved when it returns; false where it could not be. */
  async saveIfPossible(): Promise<boolean> {
    try {
      await this.save()
      await this.#recorder.settle()
      return true
    } catch {
      return false
    }
  }

  /** Ends because the disk is nearly full, with the present state saved where there is still room for it. */
  async pause({ hasRoom, problem }: LowDisk): Promise<TrainResult> {
    const isSaved = hasRoom && (await this.saveIfPossible())
    await this.#recorder.settle()
    const { code, message } = isSaved ? problem('everything is saved') : problem('saved up to the newest checkpoint')
    return { step: this.#step, reason: 'paused', problem: { code, message } }
  }

  /** Saves the present state's sample grid unless there is one. */
  async show(): Promise<void> {
    if (this.#shownStep !== this.#step) {
      await this.#recorder.sample(this.#step)
      this.#shownStep = this.#step
    }
  }

  /** Checks and writes down the figures of the iteration that made `step` of them. */
  async #note(step: number, figures: Figures): Promise<void> {
    const { output, schedule } = this.#start.configuration
    checkFiniteFigures(figures, step)
    // A call of the engine ends where scores are due, so that the state is that of this iteration.
    const scores = isScoreDue(step, output, schedule.steps) ? await this.#recorder.score() : null
    if (scores !== null || isDue(step, output.logEvery, schedule.steps)) {
      await this.#recorder.step(step, { ...figures, ...scores })
    }
  }

  /** So many iterations on the engine: t is the number of iterations done before each. */
  async #run(count: number): Promise<Figures[]> {
    const { step, executable, state } = this.#prepared
    const inputs: Record<string, HostTensor>[] = []
    for (let t = this.#step; t < this.#step + count; t++) {
      inputs.push(drawStepInputs(step, t, await this.#start.pictures.batchesAt(t)))
    }
    const outputs = await executable.runAll(state, inputs)
    return outputs.map((each) => recordOf(trainingOutputs, (name) => each[name].data[0]!))
  }
}
