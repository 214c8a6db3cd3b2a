import type { Command } from 'commander'
import { flowersName } from '../../../data/detectSource'
import { loadPreset } from '../../../model/presets'
import { userFolders } from '../../../services/userFolders'
import { trainAndReport } from './train'

const help = `
Watch the pictures grow in the folder "samples" that is named when it begins. Ctrl-C saves and says how to go on.
It is the same as
  kwiat train --preset flowers-32 --data flowers`

/** The shortest way to see a GAN learn without a window. */
export function addFlowersCommand(program: Command): void {
  program
    .command('flowers')
    .description('Train the built-in flowers and see pictures within minutes; needs no data and no settings.')
    .addHelpText('after', help)
    .action(async () => {
      process.stderr.write('Kwiat trains a small GAN on flowers that it draws itself. Ctrl-C saves and stops.\n')
      await trainAndReport(
        {
          kind: 'new',
          configuration: loadPreset('flowers-32'),
          data: flowersName,
          runsFolder: userFolders().runs,
          name: flowersName,
          engine: { id: 'cpu' }
        },
        {}
      )
    })
}
