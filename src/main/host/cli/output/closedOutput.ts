import { brokenPipeExitCode } from '../exitCodes'

/**
 * When the reader of stdout or stderr is gone, as in `kwiat train --json | head -1`, nobody is left to tell: as if the
 * system had asked the program to end. What is training is saved; without that, the program ends at once.
 */
export function endWithReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {
      if (!process.emit('SIGTERM', 'SIGTERM')) {
        process.exit(brokenPipeExitCode)
      }
    })
  }
}
