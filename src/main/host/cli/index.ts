import { Command } from 'commander'
import { version } from '../../../../package.json'
import { describeError, KwiatError } from '../../../shared/errors'
import { addBenchCommand } from './commands/bench'
import { addDataCommand } from './commands/data'
import { addDoctorCommand } from './commands/doctor'
import { addGenerateCommand } from './commands/generate'
import { addInspectCommand } from './commands/inspect'
import { addStartCommand } from './commands/start'
import { addResumeCommand, addTrainCommand } from './commands/train'

const examples = `
Begin here:
  kwiat start                                        flowers from a net that learns while you watch
  kwiat data photos.zip                              what is in there, and what could not be read
  kwiat train --preset chollet-32 --data photos.zip  train on your own pictures
  kwiat resume runs/photos-1a2b3c                    go on where a run stopped
  kwiat generate runs/photos-1a2b3c --out sheet.png  new pictures from what it has learnt

Every command explains itself: kwiat train --help`

async function main(): Promise<void> {
  const program = new Command('kwiat')
    .description('A studio for generative adversarial networks: trains them natively on pictures of your own.')
    .version(version)
    .showHelpAfterError('(kwiat --help shows all commands)')
    .addHelpText('after', examples)
  for (const add of [
    addStartCommand,
    addTrainCommand,
    addResumeCommand,
    addGenerateCommand,
    addInspectCommand,
    addDataCommand,
    addDoctorCommand,
    addBenchCommand
  ]) {
    add(program)
  }
  await program.parseAsync()
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`)
  if (!(error instanceof KwiatError) && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`)
  }
  process.exitCode = 1
})
