import type { Command } from 'commander'
import type { Examination } from '../../../../shared/contract/app'
import { formatBytes } from '../../../../shared/formatBytes'
import { examine } from '../../../services/examine'
import { printJsonLine } from '../output/json'

const help = `
Each engine computes something whose result is known; the exit code is 1 when one fails. Send what this prints along
when you report a fault.

Example:
  kwiat doctor`

function format({ versions: all, system, processor, memory, folders, engines }: Examination): string {
  const lines = [
    `Versions   ${Object.entries(all)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `System     ${system}`,
    `Processor  ${processor}`,
    `Memory     ${formatBytes(memory.totalBytes)}, ${formatBytes(memory.freeBytes)} free`,
    `Pictures   ${folders.pictures}`,
    `Runs       ${folders.runs}`,
    ...engines.map(
      ({ id, description, problem }) =>
        `Engine     ${id}: ${problem === undefined ? 'works' : `fails (${problem})`} – ${description}`
    )
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
      const examination = await examine()
      if (json) {
        printJsonLine({ event: 'examined', ...examination })
      } else {
        process.stdout.write(format(examination))
      }
      process.exitCode = examination.engines.some(({ problem }) => problem !== undefined) ? 1 : 0
    })
}
