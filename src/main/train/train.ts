import { setImmediate as nextTurn } from 'node:timers/promises'
import { KwiatError } from '../../shared/errors'
import { recordOf } from '../../shared/records'
import { drawStepInputs } from '../step/stepInputs'
import { trainingOutputs } from '../step/trainingStep'
import { checkFiniteFigures, type Figures } from './checkFinite'
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
 * Trains until the run's iterations are done or `stop` is asked for; in either case its last state is saved, and its
 * last pictures are shown. A failure saves the state as well where it still can be.
 *
 * @throws KwiatError `training-diverged` when a loss or a weight is no finite number; the checkpoints before that are kept
 * @throws KwiatError `disk-full`, `disk-unwritable`, `engine-failed`, `data-corrupt`
 */
export async function train(
  start: RunStart,
  prepared: PreparedStep,
  recorder: RunRecorder,
  stop: AbortSignal
): Promise<TrainResult> {
  const run = new TrainingLoop(start, prepared, recorder)
  try {
    while (!run.isDone && !stop.aborted) {
      await run.iterate()
      // The request to stop arrives between two turns of the event loop.
      await nextTurn()
    }
    await run.save()
    await run.show()
  } catch (error) {
    const isWorthSaving = !(error instanceof KwiatError && error.code === 'training-diverged')
    if (isWorthSaving) {
      await run.save().catch(() => undefined)
    }
    throw error
  }
  return { step: run.step, reason: run.isDone ? 'done' : 'stopped' }
}

/** Where training stands, and what of it is saved and shown. */
class TrainingLoop {
  readonly #start: RunStart
  readonly #prepared: PreparedStep
  readonly #recorder: RunRecorder
  #step: number
  #savedStep: number | null
  #shownStep: number | null

  constructor(start: RunStart, prepared: PreparedStep, recorder: RunRecorder) {
    this.#start = start
    this.#prepared = prepared
    this.#recorder = recorder
    this.#step = start.fromStep
    this.#savedStep = start.savedStep
    this.#shownStep = start.savedStep
  }

  /** Iterations done. */
  get step(): number {
    return this.#step
  }

  get isDone(): boolean {
    return this.#step >= this.#start.configuration.schedule.steps
  }

  /** One iteration, and what is due after it. */
  async iterate(): Promise<void> {
    const { output, schedule } = this.#start.configuration
    const figures = await this.#run()
    this.#step++
    checkFiniteFigures(figures, this.#step)
    if (isDue(this.#step, output.logEvery, schedule.steps)) {
      await this.#recorder.step(this.#step, figures)
    }
    if (isDue(this.#step, output.sampleEvery, schedule.steps)) {
      await this.show()
    }
    if (isDue(this.#step, output.checkpointEvery, schedule.steps)) {
      await this.save()
    }
  }

  /** Saves a checkpoint of the present state unless there is one. */
  async save(): Promise<void> {
    if (this.#savedStep !== this.#step) {
      await this.#recorder.checkpoint(this.#step)
      this.#savedStep = this.#step
    }
  }

  /** Saves the present state's sample grid unless there is one. */
  async show(): Promise<void> {
    if (this.#shownStep !== this.#step) {
      await this.#recorder.sample(this.#step)
      this.#shownStep = this.#step
    }
  }

  /** One iteration on the engine: t is the number of iterations done before it. */
  async #run(): Promise<Figures> {
    const { step, executable, state } = this.#prepared
    const t = this.#step
    const outputs = await executable.run(state, drawStepInputs(step, t, await this.#start.pictures.batchesAt(t)))
    return recordOf(trainingOutputs, (name) => outputs[name].data[0]!)
  }
}
