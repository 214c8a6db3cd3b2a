import { setImmediate as nextTurn } from 'node:timers/promises'
import { KwiatError } from '../../shared/errors'
import { recordOf } from '../../shared/records'
import type { HostTensor } from '../../shared/tensor'
import { drawStepInputs } from '../step/stepInputs'
import { trainingOutputs } from '../step/trainingStep'
import { checkFiniteFigures, type Figures } from './checkFinite'
import { isDue } from './due'
import type { PreparedStep } from './prepareStep'
import type { RunRecorder } from './runRecorder'
import type { RunStart } from './runStart'
import type { Snapshots } from './snapshots'
import { stepsInCall } from './stepsInCall'

/** How far training came, and whether to its end. */
export interface TrainResult {
  readonly step: number
  readonly reason: 'done' | 'stopped'
}

export interface TrainPorts {
  /** Aborted when the user asks for the end. */
  readonly stop: AbortSignal
  readonly snapshots?: Snapshots
}

/** What a run is written down with. */
export type Recorder = Pick<RunRecorder, 'step' | 'drawSamples' | 'sample' | 'checkpoint'>

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
    while (!run.isDone && !stop.aborted) {
      await run.iterate()
      await snapshots?.give(prepared.networks, prepared.state, run.step)
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
  readonly #recorder: Recorder
  #step: number
  #savedStep: number | null
  #shownStep: number | null

  constructor(start: RunStart, prepared: PreparedStep, recorder: Recorder) {
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

  /** Checks and writes down the figures of the iteration that made `step` of them. */
  async #note(step: number, figures: Figures): Promise<void> {
    const { output, schedule } = this.#start.configuration
    checkFiniteFigures(figures, step)
    if (isDue(step, output.logEvery, schedule.steps)) {
      await this.#recorder.step(step, figures)
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
