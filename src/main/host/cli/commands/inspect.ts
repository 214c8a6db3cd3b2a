import type { Command } from 'commander'
import type { RunConfiguration } from '../../../../shared/config/runConfiguration'
import { openRun } from '../../../checkpoints/runFolder'
import { analyzeArchitecture } from '../../../model/analysis'
import { loadPreset, presetNames } from '../../../model/presets'
import { type NetworkSummary, type SummaryRow, summarize } from '../../../model/summary'
import { formatCount, formatTable } from '../output/format'

/** What a name stands for: a preset, or else the path of a run or a checkpoint. */
async function findConfiguration(name: string): Promise<RunConfiguration> {
  return presetNames.includes(name) ? loadPreset(name) : (await openRun(name)).file.configuration
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
    .argument('<model>', `a preset (${presetNames.join(', ')}), a run's folder or a checkpoint`)
    .option('--json', 'print the summaries as one JSON object')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const summaries = summarize(analyzeArchitecture((await findConfiguration(name)).architecture))
      process.stdout.write(json ? `${JSON.stringify(summaries)}\n` : summaries.map(formatNetwork).join('\n'))
    })
}
