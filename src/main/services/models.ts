import { readFile, stat } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { basename } from 'node:path'
import { applyEdits } from '../../shared/architecture/edits'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { ExportFormat, ImportSource, ModelExamination } from '../../shared/contract/model'
import type { Language } from '../../shared/language'
import { unlessMissing } from '../files/nodeErrors'
import { type CardContext, reportNetwork } from '../model/cards'
import type { PlannedRun } from '../model/checks/check'
import { findProblems } from '../model/checks/registerChecks'
import { examineArchitecture, type NetworkExamination } from '../model/examination'
import { maxModelBytes, type Note, tooLarge, unreadable } from '../model/interchange/imported'
import { importModel, type ModelText } from '../model/interchange/importModel'
import { toKerasPython } from '../model/interchange/kerasPython'
import { toKwiatJson } from '../model/interchange/kwiatJson'
import { toProblem } from '../model/problems'
import { flopsOfLayers } from '../model/stepCosts'

/** The run as it is planned, on this computer. */
function planRun(configuration: RunConfiguration): PlannedRun {
  return {
    ...examineArchitecture(configuration.architecture),
    configuration,
    memory: { neededBytes: null, freeBytes: freemem(), totalBytes: totalmem(), fittingBatchSize: null }
  }
}

const sumOf = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0)

/** Everything there is to know of a configuration's networks, whether they fit together or not. */
export function examineModel(configuration: RunConfiguration, language: Language): ModelExamination {
  const run = planRun(configuration)
  const problems = findProblems(run).map((finding) => toProblem(finding, run, language))
  const flops = {
    generator: flopsOfLayers(run.generator, configuration.schedule),
    discriminator: flopsOfLayers(run.discriminator, configuration.schedule)
  }
  const total = sumOf([...flops.generator, ...flops.discriminator])
  const report = (network: NetworkExamination) => {
    const context: CardContext = {
      configuration,
      language,
      problems,
      shares: flops[network.role].map((count) =>
        count === null || total === null ? null : count / Math.max(1, total)
      ),
      trainingBytes: []
    }
    return reportNetwork(network, context)
  }
  return {
    generator: report(run.generator),
    discriminator: report(run.discriminator),
    problems,
    memory: null,
    freeBytes: run.memory.freeBytes,
    flops: total,
    secondsPerIteration: null,
    speed: null
  }
}

/** Repairs of one round may bring out others, but not for ever. */
const maxRepairs = 100

/**
 * Applies the first repair that there is, until no problem has one.
 *
 * @returns the configuration, and the labels of what was applied
 */
export function repairAll(configuration: RunConfiguration, language: Language) {
  const applied: string[] = []
  let repaired = configuration
  while (applied.length < maxRepairs) {
    const repair = findProblems(planRun(repaired)).find((finding) => finding.repair !== null)?.repair
    if (repair === undefined || repair === null) {
      break
    }
    repaired = applyEdits(repaired, repair.edits)
    applied.push(repair.label[language])
  }
  return { configuration: repaired, applied }
}

const languageOf = (language: Language) => (note: Note) => ({ ...note, text: note.text[language] })

/**
 * Reads networks from files or from text; paths are checked by the caller.
 *
 * @throws KwiatError `model-unreadable`, `configuration-invalid`
 */
export async function importFrom(sources: readonly ImportSource[], base: RunConfiguration, language: Language) {
  const imported = importModel(await Promise.all(sources.map(readSource)), base)
  return {
    ...imported,
    networks: [...imported.networks],
    notes: imported.notes.map(languageOf(language)),
    unknownLayers: [...imported.unknownLayers]
  }
}

/** @throws KwiatError `model-unreadable` */
async function readSource(source: ImportSource): Promise<ModelText> {
  if ('text' in source) {
    return { name: source.name ?? 'model', text: source.text }
  }
  const { path } = source
  const name = basename(path)
  const entry = await unlessMissing(stat(path), null)
  if (!entry?.isFile()) {
    throw unreadable(name, 'a file', entry === null ? 'nothing at this path' : 'a folder', 'choose a file of JSON')
  }
  // A file of weights may be larger than memory.
  if (entry.size > maxModelBytes) {
    throw tooLarge(name, entry.size)
  }
  return { name, text: await readFile(path, 'utf8') }
}

/** The networks as a file for other programs. */
export const exportModel = (configuration: RunConfiguration, format: ExportFormat) => exporters[format](configuration)

const exporters: {
  readonly [Format in ExportFormat]: (configuration: RunConfiguration) => { fileName: string; text: string }
} = {
  'kwiat-json': (configuration) => ({ fileName: `${configuration.preset}.json`, text: toKwiatJson(configuration) }),
  'keras-python': (configuration) => ({ fileName: `${configuration.preset}.py`, text: toKerasPython(configuration) })
}
