import { Command, CommanderError } from 'commander'
import { version } from '../../../../package.json'
import { Cancelled, describeError, KwiatError } from '../../../shared/errors'
import { addBenchCommand } from './commands/bench'
import { addBranchCommand } from './commands/branch'
import { addDataCommand } from './commands/data'
import { addDoctorCommand } from './commands/doctor'
import { addExportCommand } from './commands/export'
import { addFlowersCommand } from './commands/flowers'
import { addGenerateCommand } from './commands/generate'
import { addImportCommand } from './commands/import'
import { addCheckCommand, addInspectCommand } from './commands/inspect'
import { addInterpolateCommand } from './commands/interpolate'
import { addProjectCommand } from './commands/project'
import { addServeCommand } from './commands/serve'
import { addStartCommand } from './commands/start'
import { addResumeCommand, addTrainCommand } from './commands/train'
import { interruptedExitCode } from './exitCodes'
import { endWithReaders } from './output/closedOutput'
import { printJsonLine } from './output/json'

const examples = `
Begin here:
  kwiat start                                        the studio, in a window or in a browser
  kwiat flowers                                      flowers from a net that learns while you watch
  kwiat data photos.zip                              what is in there, and what could not be read
  kwiat train --preset chollet-32 --data photos.zip  train on your own pictures
  kwiat resume photos-1a2b3c                         go on where a run stopped
  kwiat branch photos-1a2b3c --set …                 go on from a checkpoint with other settings, as a new run
  kwiat generate photos-1a2b3c --out sheet.png       new pictures from what it has learnt
  kwiat export photos-1a2b3c --format onnx --out f.onnx  the generator for other programs

Every command explains itself: kwiat train --help
Everything is kept in the folder that kwiat doctor names; the variable KWIAT_HOME puts it elsewhere.
Exit codes: 0 done, or stopped and saved; 1 failed, with the reason on stderr; 130 ended at once by Ctrl-C.`

async function main(): Promise<void> {
  const program = new Command('kwiat')
    .description('A studio for generative adversarial networks: trains them natively on pictures of your own.')
    .version(version)
    .showHelpAfterError('(add --help to see what the command takes)')
    .exitOverride()
    .addHelpText('after', examples)
  for (const add of [
    addStartCommand,
    addServeCommand,
    addFlowersCommand,
    addTrainCommand,
    addResumeCommand,
    addBranchCommand,
    addGenerateCommand,
    addExportCommand,
    addImportCommand,
    addInterpolateCommand,
    addProjectCommand,
    addInspectCommand,
    addCheckCommand,
    addDataCommand,
    addDoctorCommand,
    addBenchCommand
  ]) {
    add(program)
  }
  await program.parseAsync()
}

/** With --json, scripts that read stdout must see the failure there. */
function printFailure(code: KwiatError['code'], message: string): void {
  if (process.argv.includes('--json')) {
    printJsonLine({ event: 'failed', code, message })
  }
}

function fail(error: unknown): void {
  process.exitCode = 1
  if (error instanceof CommanderError) {
    // What there is to say, as the help that was asked for, commander has written already.
    process.exitCode = error.exitCode
    if (error.exitCode !== 0) {
      printFailure('usage', error.message)
    }
    return
  }
  if (error instanceof Cancelled) {
    process.exitCode = interruptedExitCode
  }
  const message = describeError(error)
  const isExpected = error instanceof KwiatError || error instanceof Cancelled
  process.stderr.write(`${message}\n${isExpected || !(error instanceof Error) ? '' : `${error.stack}\n`}`)
  printFailure(error instanceof KwiatError ? error.code : 'internal', message)
}

endWithReaders()
main().catch(fail)
