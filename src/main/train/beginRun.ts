import type { TrainRequest } from '../../shared/contract/training'
import { createRun } from '../checkpoints/runFolder'
import { initialState } from '../step/initialState'
import type { RunStart } from './runStart'
import { type OpenPicturesPorts, openTrainingPictures } from './trainingPictures'
import { versions } from './versions'

/**
 * Imports the pictures and makes the run's folder and its first state.
 *
 * @throws KwiatError where the pictures can't be used, or the folder can't be made
 */
export async function beginRun(
  { configuration, data, runsFolder, name, engine }: Extract<TrainRequest, { kind: 'new' }>,
  ports: OpenPicturesPorts
): Promise<RunStart> {
  const state = initialState(configuration)
  const pictures = await openTrainingPictures(data, configuration, ports)
  const facts = {
    name,
    configuration,
    data: { source: data, fingerprint: pictures.fingerprint },
    engine: engine.id,
    versions
  }
  const run = await createRun(runsFolder, facts)
  return { run, configuration, pictures, state, fromStep: 0, secondsBefore: 0, notices: pictures.notices }
}
