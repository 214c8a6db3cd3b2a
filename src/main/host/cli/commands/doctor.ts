import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Command } from 'commander'
import { formatBytes } from '../../../../shared/formatBytes'
import { reportEngines } from '../../../services/devices'
import { userFolders } from '../../../services/userFolders'
import { versions } from '../../../train/versions'

/** Everything that one would ask for when something does not work. */
async function examine() {
  return {
    versions,
    system: `${process.platform} ${process.arch}`,
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    folders: userFolders(),
    engines: await reportEngines()
  }
}

type Examination = Awaited<ReturnType<typeof examine>>

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
    .description('Try every engine and say what this computer has.')
    .option('--json', 'print it as one JSON object')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const examination = await examine()
      process.stdout.write(json ? `${JSON.stringify(examination)}\n` : format(examination))
      process.exitCode = examination.engines.some(({ problem }) => problem !== undefined) ? 1 : 0
    })
}
