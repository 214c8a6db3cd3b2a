import { basename } from 'node:path'
import { describeDifference } from '../../shared/config/differences'
import { type EngineChoice, engineIds, type TrainRequest } from '../../shared/contract/training'
import { KwiatError } from '../../shared/errors'
import { differencesFrom } from '../checkpoints/configurationFingerprint'
import { listCheckpoints } from '../checkpoints/listCheckpoints'
import type { Manifest } from '../checkpoints/manifest'
import { type Checkpoint, readCheckpoint } from '../checkpoints/readCheckpoint'
import { type OpenedRun, openRun, type Run, replaceRunFile } from '../checkpoints/runFolder'
import { lockRun, type RunLock } from '../checkpoints/runLock'
import { checkRoom } from './checkRoom'
import type { RunStart } from './runStart'
import { type OpenPicturesPorts, openTrainingPictures, type TrainingPictures } from './trainingPictures'

type ResumeRequest = Extract<TrainRequest, { kind: 'resume' }>

/** The checkpoint to go on from, and why newer ones were passed over. */
interface Found extends Checkpoint {
  readonly notices: readonly string[]
}

/**
 * Locks a run and opens it at its newest whole checkpoint.
 *
 * @throws KwiatError `run-not-found`, `run-locked`, `checkpoint-broken` when none is whole, `run-mismatch` when pictures
 * or settings are not those of the run, `usage` when more iterations are done than asked for
 * @throws Cancelled
 */
export async function resumeRun(request: ResumeRequest, ports: OpenPicturesPorts): Promise<RunStart> {
  const { folder } = await openRun(request.run)
  // Locked before anything in it is read, since another trainer would go on changing it.
  const lock = await lockRun(folder)
  try {
    return await openLocked(request, ports, lock)
  } catch (error) {
    await lock.release().catch(() => undefined)
    throw error
  }
}

async function openLocked(request: ResumeRequest, ports: OpenPicturesPorts, lock: RunLock): Promise<RunStart> {
  const opened = await openRun(request.run)
  const { manifest, state, notices } = await findCheckpoint(opened)
  checkSettings(opened, manifest)
  const pictures = await openSamePictures(opened, ports)
  const run = withPictures(withSteps(opened, request.steps, manifest.step), pictures)
  const engine = chooseEngine(opened, request)
  return {
    configuration: run.file.configuration,
    engine,
    pictures,
    state,
    fromStep: manifest.step,
    savedStep: manifest.step,
    kimgBefore: manifest.kimg,
    secondsBefore: manifest.metrics?.seconds ?? 0,
    notices: [...notices, ...pictures.notices, ...engineNotices(opened, engine)],
    claimFolder: async () => {
      await checkRoom(run.folder, state)
      if (run.file !== opened.file) {
        await replaceRunFile(run.folder, run.file)
      }
      return run.folder
    },
    close: async () => {
      await pictures.close()
      await lock.release()
    }
  }
}

/** The newest whole checkpoint, or the one that was named, which must be the newest. */
async function findCheckpoint(opened: OpenedRun): Promise<Found> {
  const notices: string[] = []
  for (const { folder } of await listCheckpoints(opened.folder)) {
    try {
      const checkpoint = await readCheckpoint(folder)
      checkIsNewest(opened, folder)
      return { ...checkpoint, notices }
    } catch (error) {
      const isNamed = opened.checkpoint !== null && basename(opened.checkpoint) === basename(folder)
      if (!(error instanceof KwiatError) || error.code !== 'checkpoint-broken' || isNamed) {
        throw error
      }
      notices.push(`${basename(folder)} is broken and was passed over: ${error.message}`)
    }
  }
  throw new KwiatError(notices.length === 0 ? 'checkpoint-not-found' : 'checkpoint-broken', {
    who: opened.folder,
    expected: 'a whole checkpoint',
    actual: notices.length === 0 ? 'a run without any' : `broken ones only (${notices.length})`,
    todo: 'put one back from a copy, or start the run anew with the settings in its run.json'
  })
}

/** Going on from an older checkpoint would overwrite what came after it. */
function checkIsNewest({ folder, checkpoint }: OpenedRun, newest: string): void {
  if (checkpoint !== null && basename(checkpoint) !== basename(newest)) {
    throw new KwiatError('run-mismatch', {
      who: checkpoint,
      expected: `the run’s newest whole checkpoint, ${basename(newest)}`,
      actual: 'another one, whose successors would be overwritten',
      todo: `resume ${folder} itself, or branch a new run from that checkpoint: kwiat branch ${checkpoint}`
    })
  }
}

/** Other settings would give a run that is neither the old one nor a new one. */
function checkSettings({ folder, file }: OpenedRun, manifest: Manifest): void {
  const differences = differencesFrom(manifest, file.configuration)
  if (differences === null || differences.length > 0) {
    throw new KwiatError('run-mismatch', {
      who: `${folder}/run.json`,
      expected: 'the settings that the checkpoint was trained with',
      actual:
        differences === null
          ? 'others'
          : `others (${differences.map(describeDifference).join('; ')}, checkpoint → now)`,
      todo: 'restore run.json, or branch a new run from the checkpoint, which may have other settings'
    })
  }
}

/** The run with another total of iterations. */
function withSteps({ folder, file }: OpenedRun, steps: number | undefined, done: number): Run {
  const { schedule } = file.configuration
  const total = steps ?? schedule.steps
  if (total < done) {
    throw new KwiatError('usage', {
      who: folder,
      expected: `a total of at least the ${done} iterations that are done`,
      actual: `${total}`,
      todo: `give a larger total, as --steps ${2 * done}`
    })
  }
  return total === schedule.steps
    ? { folder, file }
    : { folder, file: { ...file, configuration: { ...file.configuration, schedule: { ...schedule, steps: total } } } }
}

/** A branch with other pictures learns only now what they are. */
function withPictures(run: Run, { fingerprint }: TrainingPictures): Run {
  const { folder, file } = run
  return file.data.fingerprint === fingerprint
    ? run
    : { folder, file: { ...file, data: { ...file.data, fingerprint } } }
}

async function openSamePictures({ folder, file }: OpenedRun, ports: OpenPicturesPorts): Promise<TrainingPictures> {
  const { source, fingerprint } = file.data
  const pictures = await openTrainingPictures(source, file.configuration, ports)
  if (fingerprint !== null && pictures.fingerprint !== fingerprint) {
    await pictures.close()
    throw new KwiatError('run-mismatch', {
      who: folder,
      expected: `the pictures it was trained with (${source}, fingerprint ${fingerprint.slice(0, 12)})`,
      actual: `other pictures there (${pictures.fingerprint.slice(0, 12)})`,
      todo: 'put the old pictures back, or start a new run'
    })
  }
  return pictures
}

/** The engine and threads asked for, or else those that the run began with. */
function chooseEngine({ file }: OpenedRun, { engine }: ResumeRequest): EngineChoice {
  const id = engine.id ?? engineIds.find((known) => known === file.engine) ?? 'cpu'
  const threads = engine.threads ?? file.threads
  return threads === undefined ? { id } : { id, threads }
}

function engineNotices({ file }: OpenedRun, { id, threads }: EngineChoice): string[] {
  if (file.engine !== id) {
    return [`The run began on engine ${file.engine} and goes on with ${id}: its numbers will differ a little.`]
  }
  return file.threads === threads
    ? []
    : [
        `The run began with ${file.threads ?? 'a thread a core'} and goes on with ${threads} threads: sums may round otherwise.`
      ]
}
