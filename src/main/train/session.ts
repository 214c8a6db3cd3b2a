import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import { Cancelled } from '../../shared/errors'
import { withCleanup } from '../../shared/withCleanup'
import { type CheckpointSaver, saverHere } from '../checkpoints/checkpointSaver'
import { beginRun } from './beginRun'
import { createEngine } from './createEngine'
import { describeStart } from './describeStart'
import { prepareStep } from './prepareStep'
import { resumeRun } from './resumeRun'
import { RunRecorder } from './runRecorder'
import { PictureGenerator, samplingBatch } from './sampler'
import type { Snapshots } from './snapshots'
import { train } from './train'

/** What a session needs from where it runs. */
export interface SessionPorts {
  /** Folder of imported pictures. */
  readonly picturesFolder: string
  /** Aborted when the user asks for the end: the session saves and finishes. */
  readonly stop: AbortSignal
  /** Takes snapshots of the generator where somebody asks for them. */
  readonly snapshots?: Snapshots
  readonly emit: (event: TrainingEvent) => void
  /** Who writes checkpoints; left out, training waits for each. */
  readonly saver?: CheckpointSaver
}

type Finished = Extract<TrainingEvent, { event: 'finished' }>

/**
 * Trains one run from its beginning or from where it stopped: READ THIS FIRST. Its stages, in the order of the data:
 * the pictures and the state, the engine, the compiled step, the run's folder, the loop.
 *
 * @throws KwiatError for everything that the user can do something about
 * @throws Cancelled when it is stopped before there is a run to save; everything is then as it was
 */
export async function trainSession(request: TrainRequest, ports: SessionPorts): Promise<Finished> {
  return withCleanup(async (atEnd) => {
    const start = request.kind === 'new' ? await beginRun(request, ports) : await resumeRun(request, ports)
    atEnd(start.close)
    const engine = await createEngine(start.engine)
    atEnd(() => engine.dispose())
    const prepared = await prepareStep(engine, start.configuration, start.state)
    atEnd(prepared.dispose)
    const generator = await PictureGenerator.prepare(
      engine,
      prepared.networks.ema,
      samplingBatch(start.configuration.schedule.batchSize)
    )
    if (ports.stop.aborted) {
      throw new Cancelled()
    }
    const run = await start.claimFolder()
    start.state.clear()
    ports.emit(describeStart(run, start, prepared, engine.description))
    const recorder = await RunRecorder.open(run, start, {
      prepared,
      generator,
      engineId: engine.id,
      saver: ports.saver ?? saverHere,
      emit: ports.emit
    })
    atEnd(() => recorder.close())
    const result = await train(start, prepared, recorder, ports)
    return { event: 'finished', run, ...result }
  })
}
