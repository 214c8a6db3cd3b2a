import type { Command } from 'commander'
import { formatBytes } from '../../../../shared/formatBytes'
import { listCheckpoints } from '../../../checkpoints/listCheckpoints'
import type { Manifest } from '../../../checkpoints/manifest'
import { verifyCheckpoint } from '../../../checkpoints/readCheckpoint'
import { type OpenedRun, openRun } from '../../../checkpoints/runFolder'
import { analyzeArchitecture } from '../../../model/analysis'
import { loadPreset, presetNames } from '../../../model/presets'
import { type NetworkSummary, type SummaryRow, summarize } from '../../../model/summary'
import { findRun } from '../findRun'
import { formatCount, formatFigure, formatTable } from '../output/format'
import { printJsonLine } from '../output/json'

const help = `
Examples:
  kwiat inspect chollet-32
  kwiat inspect photos-1a2b3c
  kwiat inspect runs/photos-1a2b3c/checkpoints/step-000500    checks every byte of it as well

Parameters are the numbers that are learnt; a multiply-add is one multiplication and one addition, counted for one
picture that passes through the network once.`

/** What stands behind a name besides the networks: lines of text, and the same as data. */
interface Subject {
  readonly architecture: Parameters<typeof analyzeArchitecture>[0]
  readonly lines: readonly string[]
  readonly data: object
}

const presetSubject = (name: string): Subject => ({
  architecture: loadPreset(name).architecture,
  lines: [],
  data: { preset: name }
})

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
    architecture: file.configuration.architecture,
    lines: describeManifest(folder, manifest),
    data: { checkpoint: folder, step: manifest.step, kimg: manifest.kimg, metrics: manifest.metrics }
  }
}

async function runSubject({ folder, file }: OpenedRun): Promise<Subject> {
  const checkpoints = await listCheckpoints(folder)
  const { configuration, data, engine, created } = file
  const steps = checkpoints.map(({ step, status }) => (status === 'complete' ? `${step}` : `${step} (broken)`))
  return {
    architecture: configuration.architecture,
    lines: [
      `Run          ${folder}`,
      `Begun        ${created} from preset ${configuration.preset}, seed ${configuration.schedule.seed}, engine ${engine}`,
      `Pictures     ${data.source}`,
      `Checkpoints  ${steps.length === 0 ? 'none yet' : `steps ${steps.join(', ')}`}, of ${formatCount(configuration.schedule.steps)}`
    ],
    data: { run: folder, ...file, checkpoints: checkpoints.map(({ step, status }) => ({ step, status })) }
  }
}

/** What a name stands for: a preset, or else the path of a run or a checkpoint. */
async function findSubject(name: string): Promise<Subject> {
  if (presetNames.includes(name)) {
    return presetSubject(name)
  }
  const run = await openRun(await findRun(name))
  return run.checkpoint === null ? runSubject(run) : checkpointSubject(run.checkpoint, run)
}

const toCells = ({ name, type, outputShape, parameters, multiplyAdds, reads }: SummaryRow): string[] => [
  name,
  type,
  outputShape.join(' × '),
  formatCount(parameters),
  formatCount(multiplyAdds),
  reads.join(', ')
]

function formatNetwork({ role, rows, parameters, trainableParameters, multiplyAdds }: NetworkSummary): string {
  const header = ['Layer', 'Type', 'Output', 'Parameters', 'Multiply-adds', 'Reads']
  const table = formatTable(header, rows.map(toCells), ['left', 'left', 'left', 'right', 'right', 'left'])
  const statistics = parameters - trainableParameters
  const fixed = statistics === 0 ? '' : `, ${formatCount(statistics)} of them statistics`
  return `${role}\n${table}\n${formatCount(parameters)} parameters${fixed} · ${formatCount(multiplyAdds)} multiply-adds a picture\n`
}

export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description('Show both networks: layers, output shapes, parameters, multiply-adds.')
    .argument('<model>', `a preset (${presetNames.join(', ')}), a run's folder or name, or a checkpoint`)
    .option('--json', 'print it as one JSON object')
    .addHelpText('after', help)
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const { architecture, lines, data } = await findSubject(name)
      const networks = summarize(analyzeArchitecture(architecture))
      if (json) {
        printJsonLine({ event: 'inspected', ...data, networks })
      } else {
        const head = lines.map((line) => `${line}\n`).join('')
        process.stdout.write([...(head === '' ? [] : [head]), ...networks.map(formatNetwork)].join('\n'))
      }
    })
}
