import { join } from 'node:path'
import type { TrainingEvent, TrainRequest } from '../../shared/contract/training'
import { Cancelled, describeError, KwiatError } from '../../shared/errors'
import { openOwnerPort } from '../process/ownerPort'
import { userFolders } from '../services/userFolders'
import { trainSession } from '../train/session'
import { Snapshots } from '../train/snapshots'
import { beatEveryMs, type TrainerMessage, trainerCommandSchema } from './protocol'
import { openSaver } from './saverThread'

/**
 * The trainer process: gets one request, trains it, tells what happens, and ends. Its owner may ask it to save and
 * stop; when the owner is gone, it does so by itself.
 */
// What the system's list of processes calls it.
process.title = 'kwiat trainer'
const port = openOwnerPort()
const say = (message: TrainerMessage): Promise<void> => port.say(message)
const stop = new AbortController()
const snapshots = new Snapshots((outcome) => void say({ event: 'snapshot', outcome }))
let run: string | undefined

function tell(event: TrainingEvent): Promise<void> {
  run = event.event === 'prepared' ? event.run : run
  return say(event)
}

async function outcomeOf(request: TrainRequest): Promise<TrainingEvent> {
  const saver = await openSaver(join(__dirname, 'saver.cjs'))
  const ports = {
    saver,
    picturesFolder: userFolders().pictures,
    stop: stop.signal,
    snapshots,
    emit: (event: TrainingEvent) => void tell(event)
  }
  try {
    return await trainSession(request, ports)
  } catch (error) {
    return error instanceof Cancelled ? { event: 'finished', step: 0, run: null, reason: 'stopped' } : toFailed(error)
  } finally {
    await saver.close()
  }
}

function toFailed(error: unknown): TrainingEvent {
  const isExpected = error instanceof KwiatError
  if (!isExpected) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  }
  return {
    event: 'failed',
    code: isExpected ? error.code : 'internal',
    message: describeError(error),
    ...(run === undefined ? {} : { run })
  }
}

async function serve(request: TrainRequest): Promise<void> {
  await tell(await outcomeOf(request))
  clearInterval(beating)
  port.close()
}

port.onMessage((message) => {
  const command = trainerCommandSchema.parse(message)
  switch (command.command) {
    case 'train':
      void serve(command.request)
      break
    case 'stop':
      stop.abort()
      break
    case 'snapshot':
      snapshots.request(command.parent)
      break
    case 'end':
      process.exit()
  }
})
port.onOwnerGone(() => stop.abort())
const beating = setInterval(() => void say({ event: 'beat', memoryBytes: process.memoryUsage.rss() }), beatEveryMs)
beating.unref()
// A terminal sends Ctrl-C to the whole group; what it means is for the owner to say.
process.on('SIGINT', () => undefined)
// So does a terminal that is closed, and a system that shuts down; after these the owner may be gone.
process.on('SIGHUP', () => stop.abort())
process.on('SIGTERM', () => stop.abort())
