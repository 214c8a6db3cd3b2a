import type { Command } from 'commander'
import { loadPreset } from '../../../model/presets'
import { userFolders } from '../../../services/userFolders'
import { trainAndReport } from './train'

/** What `npm start` does: the shortest way to see a GAN learn. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Train the built-in flowers and see pictures within minutes; needs no data and no settings.')
    .action(async () => {
      process.stderr.write('Kwiat trains a small GAN on flowers that it draws itself. Ctrl-C saves and stops.\n')
      await trainAndReport(
        {
          kind: 'new',
          configuration: loadPreset('flowers-32'),
          data: 'flowers',
          runsFolder: userFolders().runs,
          name: 'flowers',
          engine: { id: 'cpu' }
        },
        {}
      )
    })
}
