import { homedir } from 'node:os'
import type { Command } from 'commander'
import { forkProcess } from '../../../process/forkProcess'
import { AllowedPaths } from '../../../services/allowedPaths'
import { openStudio, type Studio } from '../../../services/studio'
import { userFolders } from '../../../services/userFolders'
import { pageFolder, trainerEntry, workshopEntry } from '../../builtFiles'
import { startWebHost, type WebHost } from '../../web/webHost'
import { collect, parseWhole } from '../options'

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number
  /** Places of pictures besides the home folder and the present one. */
  readonly data: readonly string[]
}

/** A training step in progress and its checkpoint may take this long when the studio is ended. */
const graceMs = 120_000

/** Serves the studio until it is interrupted, and prints its address. */
export async function serveStudio({ port, data }: ServeOptions): Promise<void> {
  const studio = await openStudio({
    kind: 'web',
    folders: userFolders,
    spawnTrainer: forkProcess(trainerEntry),
    spawnWorkshop: forkProcess(workshopEntry),
    createAllowedPaths: (chosen) =>
      new AllowedPaths(
        [homedir(), process.cwd(), ...data, ...chosen],
        'copy it to your home folder, or start kwiat serve with --data and that folder'
      )
  })
  const host = await startWebHost({ studio, page: pageFolder, port })
  process.stderr.write('The studio is open at this address, on this computer only; Ctrl-C ends it.\n')
  process.stdout.write(`${host.url}\n`)
  endOnSignals(host, studio)
}

/** First signal: the run that trains is saved. Second: it is ended at once. */
function endOnSignals(host: WebHost, studio: Studio): void {
  let signals = 0
  const onSignal = () => {
    signals++
    if (signals === 1 && studio.isTraining()) {
      process.stderr.write('\nSaving a checkpoint after this step … (Ctrl-C again ends at once and loses it)\n')
    }
    void end(host, studio, signals === 1 ? graceMs : 0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, onSignal)
  }
}

async function end(host: WebHost, studio: Studio, waitMs: number): Promise<void> {
  await studio.close(waitMs)
  await host.close()
  process.exit()
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Open the studio in a browser on this computer, or at the end of an SSH tunnel.')
    .option('--port <port>', 'port to listen on (default: any that is free)', parseWhole(0, 65_535), 0)
    .option(
      '--data <folder>',
      'a further folder in which pictures may be chosen; several times if need be',
      collect,
      []
    )
    .action(serveStudio)
}
