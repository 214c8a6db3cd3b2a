import { basename } from 'node:path'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { TrainRequest } from '../../shared/contract/training'
import { KwiatError } from '../../shared/errors'
import { configurationFingerprint } from '../checkpoints/configurationFingerprint'
import { listCheckpoints } from '../checkpoints/listCheckpoints'
import { type Checkpoint, readCheckpoint } from '../checkpoints/readCheckpoint'
import { type OpenedRun, openRun, type Run, replaceRunFile } from '../checkpoints/runFolder'
import type { RunStart } from './runStart'
import { type OpenPicturesPorts, openTrainingPictures, type TrainingPictures } from './trainingPictures'

type ResumeRequest = Extract<TrainRequest, { kind: 'resume' }>

/** The checkpoint to go on from, and why newer ones were passed over. */
interface Found extends Checkpoint {
  readonly notices: readonly string[]
}

/**
 * Opens a run at its newest whole checkpoint.
 *
 * @throws KwiatError `run-not-found`, `checkpoint-broken` when none is whole, `run-mismatch` when pictures or settings
 * are not those of the run, `usage` when there is nothing left to train
 */
export async function resumeRun(request: ResumeRequest, ports: OpenPicturesPorts): Promise<RunStart> {
  const opened = await openRun(request.run)
  const { manifest, state, notices } = await newestWhole(opened)
  const { configuration } = opened.file
  checkFingerprint(opened, manifest.configurationFingerprint)
  const run = await withSteps(opened, request.steps, manifest.step)
  const pictures = await openTrainingPictures(opened.file.data.source, configuration, ports)
  await checkPictures(opened, pictures)
  return {
    run,
    configuration: run.file.configuration,
    pictures,
    state,
    fromStep: manifest.step,
    secondsBefore: manifest.metrics?.seconds ?? 0,
    notices: [...notices, ...engineNotices(opened, request)]
  }
}

async function newestWhole(opened: OpenedRun): Promise<Found> {
  const notices: string[] = []
  for (const listed of await listCheckpoints(opened.folder)) {
    try {
      const checkpoint = await readCheckpoint(listed.folder)
      checkIsNewest(opened, listed.folder)
      return { ...checkpoint, notices }
    } catch (error) {
      if (!(error instanceof KwiatError) || error.code !== 'checkpoint-broken') {
        throw error
      }
      notices.push(`${basename(listed.folder)} is broken and was passed over: ${error.message}`)
    }
  }
  throw new KwiatError(notices.length === 0 ? 'checkpoint-not-found' : 'checkpoint-broken', {
    who: opened.folder,
    expected: 'a whole checkpoint',
    actual: notices.length === 0 ? 'a run without any' : `${notices.length} that are all broken`,
    todo: 'start the run anew with the settings in its run.json'
  })
}

/** Going on from an older checkpoint would overwrite what came after it. */
function checkIsNewest({ folder, checkpoint }: OpenedRun, newest: string): void {
  if (checkpoint !== null && basename(checkpoint) !== basename(newest)) {
    throw new KwiatError('run-mismatch', {
      who: checkpoint,
      expected: `the run’s newest whole checkpoint, ${basename(newest)}`,
      actual: 'another one, whose successors would be overwritten',
      todo: `resume ${folder} itself, or copy the run’s folder without the later checkpoints`
    })
  }
}

function checkFingerprint({ folder, file }: OpenedRun, expected: string): void {
  if (configurationFingerprint(file.configuration) !== expected) {
    throw new KwiatError('run-mismatch', {
      who: `${folder}/run.json`,
      expected: 'the settings that the checkpoint was trained with',
      actual: 'settings that were changed since',
      todo: 'restore run.json, or start a new run with the new settings'
    })
  }
}

/** The run with another total of iterations, which is written down before training goes on. */
async function withSteps(opened: OpenedRun, steps: number | undefined, done: number): Promise<Run> {
  const total = steps ?? opened.file.configuration.schedule.steps
  if (total <= done) {
    throw new KwiatError('usage', {
      who: opened.folder,
      expected: `a total of more than the ${done} iterations that are done`,
      actual: `${total}`,
      todo: `give a larger total, as --steps ${2 * done}`
    })
  }
  if (total === opened.file.configuration.schedule.steps) {
    return opened
  }
  const { schedule } = opened.file.configuration
  const configuration: RunConfiguration = { ...opened.file.configuration, schedule: { ...schedule, steps: total } }
  const file = { ...opened.file, configuration }
  await replaceRunFile(opened.folder, file)
  return { folder: opened.folder, file }
}

async function checkPictures({ folder, file }: OpenedRun, pictures: TrainingPictures): Promise<void> {
  if (pictures.fingerprint !== file.data.fingerprint) {
    await pictures.close()
    throw new KwiatError('run-mismatch', {
      who: folder,
      expected: `the pictures it was trained with (${file.data.source}, fingerprint ${file.data.fingerprint.slice(0, 12)})`,
      actual: `other pictures there (${pictures.fingerprint.slice(0, 12)})`,
      todo: 'put the old pictures back, or start a new run'
    })
  }
}

const engineNotices = ({ file }: OpenedRun, { engine }: ResumeRequest): string[] =>
  file.engine === engine.id
    ? []
    : [`The run was trained on engine ${file.engine} and goes on with ${engine.id}: its numbers will differ a little.`]
