import { resolve } from 'node:path'
import type { Command } from 'commander'
import { importRunFile } from '../../../services/exports'
import { RunLibrary } from '../../../services/runLibrary'
import { userFolders } from '../../../services/userFolders'
import { commandLine } from '../commandLine'
import { printJsonLine } from '../output/json'
import { createProgressLine } from '../output/progressLine'
import { stopOnInterrupt } from '../stopOnInterrupt'

interface ImportFlags {
  readonly runs?: string
  readonly json?: boolean
}

const help = `
Examples:
  kwiat import photos.kwiat
  kwiat import photos.kwiat --runs runs

The run gets a new id where its own is taken; nothing is overwritten. Every byte of its checkpoints is checked.`

async function runImport(file: string, { runs, json }: ImportFlags): Promise<void> {
  const runsFolder = resolve(runs ?? userFolders().runs)
  const line = createProgressLine(process.stderr)
  const stop = stopOnInterrupt()
  line.start('Importing')
  try {
    const taken = [
      ...(
        await new RunLibrary(
          () => ({ folder: runsFolder, earlier: [], linked: [] }),
          () => undefined
        ).list()
      ).keys()
    ]
    const { run, checkpoints, broken } = await importRunFile(resolve(file), runsFolder, taken, {
      signal: stop.signal,
      onProgress: ({ doneBytes, totalBytes }) => line.update(doneBytes, totalBytes ?? 1, ['unpacking'])
    })
    line.stop()
    if (json) {
      printJsonLine({ event: 'imported', folder: run.folder, id: run.file.id, checkpoints, broken })
      return
    }
    process.stdout.write(`${run.folder}: ${checkpoints} checkpoints\n`)
    for (const { step, message } of broken) {
      process.stdout.write(`The checkpoint of step ${step} is broken: ${message}\n`)
    }
    process.stdout.write(`Go on with it: ${commandLine('resume', run.folder)}\n`)
  } finally {
    line.stop()
    stop.dispose()
  }
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('Take up a run from a .kwiat file.')
    .argument('<file>', 'a file that kwiat export --format kwiat made')
    .option('--runs <folder>', "the folder to put the run in; the user's own when left out")
    .option('--json', 'say what was made as one JSON object')
    .addHelpText('after', help)
    .action(runImport)
}
