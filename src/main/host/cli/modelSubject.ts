import { stat } from 'node:fs/promises'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import type { Preset } from '../../../shared/contract/presets'
import { formatBytes } from '../../../shared/formatBytes'
import type { Language } from '../../../shared/language'
import { listCheckpoints } from '../../checkpoints/listCheckpoints'
import type { Manifest } from '../../checkpoints/manifest'
import { verifyCheckpoint } from '../../checkpoints/readCheckpoint'
import { type OpenedRun, openRun } from '../../checkpoints/runFolder'
import { unlessMissing } from '../../files/nodeErrors'
import { loadPreset } from '../../model/presets'
import { importFrom } from '../../services/models'
import { PresetLibrary } from '../../services/presetLibrary'
import { userFolders } from '../../services/userFolders'
import { findRun } from './findRun'
import { formatCount, formatFigure } from './output/format'

/** Whose settings a file of networks is looked at with. */
const basePreset = 'chollet-32'

/** What stands behind a name besides the networks: lines of text, and the same as data. */
export interface Subject {
  readonly configuration: RunConfiguration
  readonly lines: readonly string[]
  readonly data: object
}

const presetSubject = ({ name, configuration }: Preset): Subject => ({
  configuration,
  lines: [],
  data: { preset: name }
})

const isFile = async (path: string): Promise<boolean> => (await unlessMissing(stat(path), null))?.isFile() ?? false

/** Networks from a file, or from two; settings that are not in it are those of a preset. */
async function fileSubject(paths: readonly string[], language: Language): Promise<Subject> {
  const sources = paths.map((path) => ({ path }))
  const { configuration, format, networks, notes, unknownLayers } = await importFrom(
    sources,
    loadPreset(basePreset),
    language
  )
  const noteLine = ({ network, layer, text }: (typeof notes)[number]) =>
    `Note   ${[network, layer].filter((part) => part !== null).join(', ')}: ${text}`
  return {
    configuration,
    lines: [
      `Read   ${paths.join(', ')} (${format}): ${networks.join(' and ')}`,
      ...notes.map(noteLine),
      ...unknownLayers.map(({ network, name, type }) => `Left out  ${network}, layer ${name}: Kwiat has no ${type}`)
    ],
    data: { files: paths, format, read: networks, notes, unknownLayers }
  }
}

function describeManifest(folder: string, { step, kimg, created, files, metrics }: Manifest): string[] {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  return [
    `Checkpoint  ${folder}`,
    `Saved       step ${formatCount(step)} (${formatFigure(kimg)} kimg), ${created}, ${formatBytes(bytes)}, every byte as it was saved`,
    ...(metrics === null
      ? []
      : [`Losses      D ${formatFigure(metrics['loss/d'])} G ${formatFigure(metrics['loss/g'])}`])
  ]
}

/** @throws KwiatError `checkpoint-not-found`, `checkpoint-broken`, `checkpoint-newer` */
async function checkpointSubject(folder: string, { file }: OpenedRun): Promise<Subject> {
  const verification = await verifyCheckpoint(folder)
  if (!verification.whole) {
    throw verification.error
  }
  const { manifest } = verification
  return {
    configuration: file.configuration,
    lines: describeManifest(folder, manifest),
    data: { checkpoint: folder, step: manifest.step, kimg: manifest.kimg, metrics: manifest.metrics }
  }
}

async function runSubject({ folder, file }: OpenedRun): Promise<Subject> {
  const checkpoints = await listCheckpoints(folder)
  const { configuration, data, engine, created } = file
  const steps = checkpoints.map(({ step, status }) => (status === 'complete' ? `${step}` : `${step} (broken)`))
  return {
    configuration,
    lines: [
      `Run          ${folder}`,
      `Begun        ${created} from preset ${configuration.preset}, seed ${configuration.schedule.seed}, engine ${engine}`,
      `Pictures     ${data.source}`,
      `Checkpoints  ${steps.length === 0 ? 'none yet' : `steps ${steps.join(', ')}`}, of ${formatCount(configuration.schedule.steps)}`
    ],
    data: { run: folder, ...file, checkpoints: checkpoints.map(({ step, status }) => ({ step, status })) }
  }
}

/**
 * What names stand for: a preset, files of networks, or else the path of a run or a checkpoint.
 *
 * @throws KwiatError for what is none of these
 */
export async function findSubject([name = '', ...others]: readonly string[], language: Language): Promise<Subject> {
  const presets = await new PresetLibrary(userFolders().presets, () => undefined).list()
  const preset = presets.find((known) => known.name === name)
  if (preset !== undefined) {
    return presetSubject(preset)
  }
  if (others.length > 0 || (await isFile(name))) {
    return fileSubject([name, ...others], language)
  }
  const run = await openRun(await findRun(name))
  return run.checkpoint === null ? runSubject(run) : checkpointSubject(run.checkpoint, run)
}
