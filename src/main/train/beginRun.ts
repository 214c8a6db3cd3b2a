import { resolve } from 'node:path'
import type { TrainRequest } from '../../shared/contract/training'
import { createRun } from '../checkpoints/runFolder'
import { lockRun, type RunLock } from '../checkpoints/runLock'
import { flowersName } from '../data/detectSource'
import { discardFolder } from '../files/atomicFolder'
import { initialState } from '../step/initialState'
import { checkRoom } from './checkRoom'
import { checkStartable } from './plannedRun'
import type { RunStart } from './runStart'
import { type OpenPicturesPorts, openTrainingPictures, type TrainingPictures } from './trainingPictures'
import { versions } from './versions'

type NewRequest = Extract<TrainRequest, { kind: 'new' }>

/**
 * Imports the pictures of a new run and makes its first state; its folder is made when it is claimed.
 *
 * @throws KwiatError where the pictures can't be used
 * @throws Cancelled
 */
export async function beginRun(request: NewRequest, ports: OpenPicturesPorts): Promise<RunStart> {
  const { configuration, engine } = request
  // What is wrong with the networks is told before pictures are imported for minutes.
  checkStartable(configuration)
  const state = initialState(configuration)
  const pictures = await openTrainingPictures(request.data, configuration, ports)
  let lock: RunLock | undefined
  return {
    configuration,
    engine,
    pictures,
    state,
    fromStep: 0,
    savedStep: null,
    kimgBefore: 0,
    secondsBefore: 0,
    notices: pictures.notices,
    claimFolder: async () => {
      await checkRoom(request.runsFolder, state)
      const made = await makeRun(request, pictures)
      lock = made.lock
      return made.folder
    },
    close: async () => {
      await pictures.close()
      await lock?.release()
    }
  }
}

async function makeRun(
  { configuration, data, runsFolder, name, id, engine }: NewRequest,
  { fingerprint }: TrainingPictures
) {
  // A run is resumed from any folder.
  const source = { source: data === flowersName ? data : resolve(data), fingerprint }
  const { threads } = engine
  const facts = { id, name, configuration, data: source, engine: engine.id, threads, versions }
  const { folder } = await createRun(runsFolder, facts)
  try {
    return { folder, lock: await lockRun(folder) }
  } catch (error) {
    await discardFolder(folder).catch(() => undefined)
    throw error
  }
}
