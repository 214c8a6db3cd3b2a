import { constants, setPriority } from 'node:os'
import { createDispatcher } from '../../shared/contract/dispatcher'
import { openOwnerPort } from '../process/ownerPort'
import { workshopContract } from './contract'
import { workshopHandlers } from './handlers'

/**
 * The workshop process: answers its owner's calls until the owner is gone. It takes the processor only when nobody else
 * wants it, so that training is hardly slower while somebody explores.
 */
// What the system's list of processes calls it.
process.title = 'kwiat workshop'
const port = openOwnerPort()
// What is no expected failure is told to the caller, who notes it in the log.
const dispatcher = createDispatcher(workshopContract, workshopHandlers, (message) => void port.say(message))

try {
  setPriority(constants.priority.PRIORITY_LOW)
} catch {
  // Some systems don't let a process lower itself; it then works as any other.
}
port.onMessage((message) => dispatcher.receive(message))
port.onOwnerGone(() => process.exit())
// A terminal sends Ctrl-C to the whole group; what it means is for the owner to say.
process.on('SIGINT', () => undefined)
