import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { applyEdits } from '../../shared/architecture/edits'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { EngineSpeed, ExportFormat, ImportSource, ModelExamination } from '../../shared/contract/model'
import type { Language } from '../../shared/language'
import { unlessMissing } from '../files/nodeErrors'
import { type CardContext, reportNetwork } from '../model/cards'
import { findProblems } from '../model/checks/registerChecks'
import type { NetworkExamination } from '../model/examination'
import { maxModelBytes, type Note, tooLarge, unreadable } from '../model/interchange/imported'
import { importModel, type ModelText } from '../model/interchange/importModel'
import { toKerasPython } from '../model/interchange/kerasPython'
import { toKwiatJson } from '../model/interchange/kwiatJson'
import { toProblem } from '../model/problems'
import { flopsOfLayers } from '../model/stepCosts'
import { estimateMemory, memoryOfLayers } from '../train/memoryEstimate'
import { planRun } from '../train/plannedRun'
import { secondsOfLayers, slowdown } from '../train/timeEstimate'

const sumOf = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0)

/** Share of each layer in the whole; null where the whole is not known. */
const sharesOf = (seconds: readonly (number | null)[], total: number | null): (number | null)[] =>
  seconds.map((part) => (part === null || total === null || total === 0 ? null : part / total))

/**
 * Everything there is to know of a configuration's networks, whether they fit together or not.
 *
 * @param speed of the engine that it is meant for, where that was measured
 */
export function examineModel(
  configuration: RunConfiguration,
  language: Language,
  speed: EngineSpeed | null = null
): ModelExamination {
  const run = planRun(configuration)
  const { schedule } = configuration
  const problems = findProblems(run).map((finding) => toProblem(finding, run, language))
  const seconds = {
    generator: secondsOfLayers(run.generator, schedule),
    discriminator: secondsOfLayers(run.discriminator, schedule)
  }
  const total = sumOf([...seconds.generator, ...seconds.discriminator])
  const report = (network: NetworkExamination) => {
    const context: CardContext = {
      configuration,
      language,
      problems,
      shares: sharesOf(seconds[network.role], total),
      trainingBytes: memoryOfLayers(network, configuration)
    }
    return reportNetwork(network, context)
  }
  return {
    generator: report(run.generator),
    discriminator: report(run.discriminator),
    problems,
    memory: estimateMemory(run, configuration),
    freeBytes: run.memory.freeBytes,
    flops: sumOf([...flopsOfLayers(run.generator, schedule), ...flopsOfLayers(run.discriminator, schedule)]),
    secondsPerIteration: speed === null || total === null ? null : total * slowdown(speed),
    speed
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
