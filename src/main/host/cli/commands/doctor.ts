import type { Command } from 'commander'
import type { Examination } from '../../../../shared/contract/app'
import type { Adapter, EngineReport } from '../../../../shared/contract/engines'
import { formatBytes } from '../../../../shared/formatBytes'
import { examine } from '../../../services/examine'
import { createTrials } from '../engines'
import { printJsonLine } from '../output/json'

const help = `
Each engine computes something whose result is known, in a process of its own; the exit code is 1 when one fails, not
when one is missing. Send what this prints along
when you report a fault.

Example:
  kwiat doctor`

const describeAdapter = ({ name, driver, memoryBytes, isSoftware }: Adapter): string =>
  [
    isSoftware ? `${name} (software on the CPU, no GPU)` : name,
    driver === null ? null : `driver ${driver}`,
    memoryBytes === null ? null : formatBytes(memoryBytes)
  ]
    .filter((part) => part !== null)
    .join(', ')

function describeEngine({ id, state, description, problem }: EngineReport): string {
  const told = [state, description].filter((part) => part !== '').join(' – ')
  return `Engine     ${id}: ${told}${problem === null ? '' : `\n           ${problem}`}`
}

function format({ versions: all, system, processor, memory, folders, adapters, engines }: Examination): string {
  const lines = [
    `Versions   ${Object.entries(all)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `System     ${system}`,
    `Processor  ${processor}`,
    `Memory     ${formatBytes(memory.totalBytes)}, ${formatBytes(memory.freeBytes)} free`,
    `Pictures   ${folders.pictures}`,
    `Runs       ${folders.runs}`,
    ...adapters.map((adapter) => `Graphics   ${describeAdapter(adapter)}`),
    ...engines.map(describeEngine)
  ]
  return `${lines.join('\n')}\n`
}

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Try every engine and say what this computer has and where Kwiat keeps its files.')
    .option('--json', 'print it as one JSON object')
    .addHelpText('after', help)
    .action(async ({ json }: { readonly json?: boolean }) => {
      const examination = await examine(createTrials())
      if (json) {
        printJsonLine({ event: 'examined', ...examination })
      } else {
        process.stdout.write(format(examination))
      }
      process.exitCode = examination.engines.some(({ state }) => state === 'fails') ? 1 : 0
    })
}
