import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { EngineChoice, EngineWish, TrainRequest } from '../../shared/contract/training'
import { listCheckpoints } from '../checkpoints/listCheckpoints'
import type { Run } from '../checkpoints/runFolder'
import { lockRun } from '../checkpoints/runLock'
import { discardFolder } from '../files/atomicFolder'
import { planOf } from './runCard'
import type { RunNote } from './studioFile'

/** The engine for a wish; see `EngineChooser`. */
export type ChooseEngine = (wish: EngineWish, configuration: RunConfiguration) => Promise<EngineChoice>

/**
 * What to ask the trainer for: to go on with the run's folder, or to begin it. A folder in which nothing was saved yet,
 * as after a crash before the first checkpoint, gives way to a new one.
 *
 * @throws KwiatError `run-not-found`, `run-locked`
 */
export async function trainRequestFor(
  id: string,
  run: Run | null,
  note: RunNote,
  runsFolder: string,
  chooseEngine: ChooseEngine
): Promise<TrainRequest> {
  const { engine, steps } = note
  if (run !== null && (await listCheckpoints(run.folder)).length > 0) {
    // What the run began on was chosen then.
    const { id: wished, ...others } = engine
    const resumed = wished === 'auto' ? others : await chooseEngine(engine, run.file.configuration)
    return { kind: 'resume', run: run.folder, engine: resumed, ...(steps === null ? {} : { steps }) }
  }
  const { name, configuration, data } = planOf(id, run, note)
  if (run !== null) {
    await discardUnsaved(run)
  }
  const schedule = { ...configuration.schedule, steps: steps ?? configuration.schedule.steps }
  return {
    kind: 'new',
    configuration: { ...configuration, schedule },
    data,
    runsFolder,
    name,
    id,
    engine: await chooseEngine(engine, configuration)
  }
}

async function discardUnsaved({ folder }: Run): Promise<void> {
  // Taken for a moment, to be refused where another process trains the run.
  const lock = await lockRun(folder)
  await lock.release()
  await discardFolder(folder)
}
