import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import { Cancelled, describeError, KwiatError } from '../../shared/errors'
import { userFolders } from '../services/userFolders'
import { trainSession } from '../train/session'
import { trainerCommandSchema } from './protocol'

/**
 * The trainer process: gets one request, trains it, tells what happens, and ends. Its owner may ask it to save and
 * stop; when the owner is gone, it does so by itself.
 */
const stop = new AbortController()
let run: string | undefined

function tell(event: TrainingEvent): void {
  run = event.event === 'prepared' ? event.run : run
  if (process.connected) {
    process.send?.(event)
  }
}

function toFailed(error: unknown): TrainingEvent {
  return {
    event: 'failed',
    code: error instanceof KwiatError ? error.code : 'internal',
    message: describeError(error),
    ...(run === undefined ? {} : { run })
  }
}

async function serve(request: TrainRequest): Promise<void> {
  const ports = { picturesFolder: userFolders().pictures, stop: stop.signal, emit: tell }
  try {
    tell(await trainSession(request, ports))
  } catch (error) {
    tell(
      error instanceof Cancelled ? { event: 'finished', step: 0, run: run ?? '', reason: 'stopped' } : toFailed(error)
    )
    if (!(error instanceof KwiatError || error instanceof Cancelled)) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    }
  } finally {
    process.disconnect?.()
  }
}

process.on('message', (message) => {
  const command = trainerCommandSchema.parse(message)
  if (command.command === 'stop') {
    stop.abort()
  } else {
    void serve(command.request)
  }
})
process.on('disconnect', () => stop.abort())
// A terminal sends Ctrl-C to the whole group; what it means is for the owner to say.
process.on('SIGINT', () => {})
