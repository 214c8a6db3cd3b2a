import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import { lockRun } from '../checkpoints/runLock'
import type { Engine } from '../engine/engine'
import { beginRun } from './beginRun'
import { createEngine } from './createEngine'
import { type PreparedStep, prepareStep } from './prepareStep'
import { resumeRun } from './resumeRun'
import { RunRecorder } from './runRecorder'
import type { RunStart } from './runStart'
import { PictureGenerator } from './sampler'
import { train } from './train'

/** What a session needs from where it runs. */
export interface SessionPorts {
  /** Folder of imported pictures. */
  readonly picturesFolder: string
  /** Aborted when the user asks for the end: the session saves and finishes. */
  readonly stop: AbortSignal
  readonly emit: (event: TrainingEvent) => void
}

type Finished = Extract<TrainingEvent, { event: 'finished' }>

/**
 * Trains one run from its beginning or from where it stopped: READ THIS FIRST. Its stages, in the order of the data:
 * the run with its pictures and its state, the lock on its folder, the engine, the compiled step, the loop.
 *
 * @throws KwiatError for everything that the user can do something about
 */
export async function trainSession(request: TrainRequest, ports: SessionPorts): Promise<Finished> {
  const start = request.kind === 'new' ? await beginRun(request, ports) : await resumeRun(request, ports)
  const { run, configuration, pictures } = start
  const lock = await lockRun(run.folder)
  const engine = createEngine(request.engine)
  try {
    const prepared = await prepareStep(engine, configuration, start.state)
    start.state.clear()
    ports.emit(describeStart(start, engine, prepared))
    const generator = await PictureGenerator.prepare(engine, prepared.networks, configuration)
    const { state } = prepared
    const recorder = await RunRecorder.open(start, { state, generator, engineId: engine.id, emit: ports.emit })
    try {
      const result = await train(start, prepared, recorder, ports.stop)
      return { event: 'finished', run: run.folder, ...result }
    } finally {
      await recorder.close()
    }
  } finally {
    await engine.dispose()
    await pictures.close()
    await lock.release()
  }
}

function describeStart(
  { run, configuration, pictures, fromStep, notices }: RunStart,
  engine: Engine,
  { parameters, executable }: PreparedStep
): TrainingEvent {
  return {
    event: 'prepared',
    run: run.folder,
    engine: engine.description,
    pictures: pictures.count,
    parameters,
    compileMs: executable.facts.compileMs ?? null,
    flops: executable.facts.flops ?? null,
    fromStep,
    toStep: configuration.schedule.steps,
    notices: [...notices]
  }
}
