import type { Scores } from '../../shared/checkpoints/scores'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { Metrics } from '../../shared/contract/metrics'
import type { TrainingEvent } from '../../shared/contract/training'
import type { CheckpointSaver, Saved } from '../checkpoints/checkpointSaver'
import { checkInPlace, metricsPath, writeSample } from '../checkpoints/runFolder'
import { kimgAfter } from '../metrics/kimgAfter'
import { MetricsWriter } from '../metrics/metricsWriter'
import { advancePace, iterationsPerSecond, type Pace, secondsLeft, startPace } from '../metrics/pace'
import { BackgroundSaves } from './backgroundSaves'
import { checkFiniteState } from './checkFinite'
import { DiskGuard, type LowDisk } from './diskGuard'
import { encodeSheet } from './pictureSheet'
import type { PreparedStep } from './prepareStep'
import type { RunStart } from './runStart'
import { type SampleFigures, sampleFigures } from './sampleFigures'
import { fixedLatents, type PictureBatch, type PictureGenerator } from './sampler'
import { Scorer } from './scorer'
import { versions } from './versions'

type StepFigures = Pick<Metrics, 'loss/d' | 'loss/g' | 'score/real' | 'score/fake'> & Scores

export interface RecorderParts {
  readonly prepared: Pick<PreparedStep, 'state' | 'stateBytes'>
  readonly generator: PictureGenerator
  readonly engineId: string
  readonly saver: CheckpointSaver
  readonly emit: (event: TrainingEvent) => void
}

/** Writes down what a run does: its metrics, its sample grids and its checkpoints, and tells of each. */
export class RunRecorder {
  readonly #folder: string
  readonly #start: RunStart
  readonly #configuration: RunConfiguration
  readonly #parts: RecorderParts
  readonly #metrics: MetricsWriter
  readonly #latents: Float32Array
  readonly #startedMs: number
  #pace: Pace
  readonly #scorer: Scorer
  readonly #guard: DiskGuard
  readonly #saves: BackgroundSaves
  #last: Metrics | null = null
  /** Of the newest sample grid, until a line of metrics holds them. */
  #sampleFigures: SampleFigures | null = null
  /** The fixed latents' pictures of the present state, until they are saved. */
  #drawn: PictureBatch | null = null

  private constructor(folder: string, start: RunStart, parts: RecorderParts, metrics: MetricsWriter) {
    this.#folder = folder
    this.#start = start
    this.#configuration = start.configuration
    this.#parts = parts
    this.#metrics = metrics
    this.#latents = fixedLatents(start.configuration)
    const { configuration, pictures } = start
    const { generator, prepared, saver } = parts
    this.#scorer = new Scorer({ configuration, pictures, pictureMaker: generator, state: prepared.state })
    this.#guard = new DiskGuard({
      folder,
      checkpointBytes: prepared.stateBytes,
      keepFree: configuration.output.keepFree
    })
    this.#saves = new BackgroundSaves(saver, (step, saved) => this.#tellSaved(step, saved))
    this.#startedMs = performance.now()
    this.#pace = startPace(start.fromStep, this.#startedMs)
  }

  /** Cuts off what the metrics file holds beyond the state that the run goes on from. */
  static async open(folder: string, start: RunStart, parts: RecorderParts): Promise<RunRecorder> {
    return new RunRecorder(folder, start, parts, await MetricsWriter.open(metricsPath(folder), start.fromStep))
  }

  /** Notes the figures of the iteration that made `step` of them. */
  async step(step: number, figures: StepFigures): Promise<void> {
    const nowMs = performance.now()
    this.#pace = advancePace(this.#pace, step, nowMs)
    const { steps } = this.#configuration.schedule
    this.#last = {
      step,
      kimg: this.#kimgAt(step),
      seconds: this.#start.secondsBefore + (nowMs - this.#startedMs) / 1000,
      ...figures,
      ...this.#sampleFigures
    }
    this.#sampleFigures = null
    await this.#metrics.append(this.#last)
    const rate = iterationsPerSecond(this.#pace)
    this.#parts.emit({
      event: 'step',
      ...this.#last,
      secondsPerStep: rate === null ? null : 1 / rate,
      secondsLeft: secondsLeft(this.#pace, steps)
    })
  }

  /** Makes the pictures of the fixed latents, for the line of metrics and the grid of this step. */
  async drawSamples(): Promise<void> {
    this.#drawn = await this.#draw()
  }

  async #draw(): Promise<PictureBatch> {
    const { generator, prepared } = this.#parts
    const pictures = await generator.generate(prepared.state, this.#latents)
    this.#sampleFigures = sampleFigures(pictures)
    return pictures
  }

  /** Saves the grid of the fixed latents. */
  async sample(step: number): Promise<void> {
    const { emit } = this.#parts
    const pictures = this.#drawn ?? (await this.#draw())
    this.#drawn = null
    await checkInPlace(this.#folder)
    const path = await writeSample(this.#folder, step, await encodeSheet(pictures))
    emit({ event: 'sample', step, path })
  }

  /** The scores of the present state; null where they are left out. */
  score(): Promise<Scores | null> {
    return this.#scorer.score()
  }

  /** That the disk is nearly full; null where it is not, or was looked at a moment ago. */
  lowDisk(): Promise<LowDisk | null> {
    return this.#guard.look()
  }

  /**
   * Begins to save the whole state, after which the checkpoints that are too many are removed; does nothing where this
   * step is saved. What fails afterwards is thrown by the next call, or by `settle`.
   *
   * @throws KwiatError `training-diverged` instead of saving what can't be trained on
   * @throws KwiatError `run-not-found` when its folder was moved away
   * @throws KwiatError `disk-full`, `disk-unwritable`
   */
  async checkpoint(step: number): Promise<void> {
    this.#saves.check()
    if ((this.#saves.step ?? this.#start.savedStep) === step) {
      return
    }
    const { prepared, engineId } = this.#parts
    const state = await prepared.state.read()
    checkFiniteState(state, step)
    await checkInPlace(this.#folder)
    await this.#metrics.flush()
    const contents = {
      step,
      kimg: this.#kimgAt(step),
      metrics: this.#last,
      configuration: this.#configuration,
      engine: engineId,
      versions,
      state
    }
    await this.#saves.begin({ runFolder: this.#folder, contents, rule: this.#configuration.output })
  }

  /**
   * Returns when all checkpoints that were begun are saved.
   *
   * @throws KwiatError `disk-full`, `disk-unwritable`
   */
  settle(): Promise<void> {
    return this.#saves.settle()
  }

  #tellSaved(step: number, { path, removed }: Saved): void {
    const { emit } = this.#parts
    emit({ event: 'checkpoint', step, path })
    if (removed.steps.length > 0) {
      emit({ event: 'removed', steps: [...removed.steps], freedBytes: removed.freedBytes })
    }
  }

  #kimgAt(step: number): number {
    const { batchSize, discriminatorSteps } = this.#configuration.schedule
    const { fromStep, kimgBefore } = this.#start
    return kimgAfter(kimgBefore, step - fromStep, batchSize, discriminatorSteps)
  }

  async close(): Promise<void> {
    // Whoever closes has settled, or reports another failure already.
    await this.#saves.settle().catch(() => undefined)
    await this.#metrics.close()
  }
}
