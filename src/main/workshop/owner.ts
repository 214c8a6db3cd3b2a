import { createClient } from '../../shared/contract/client'
import type { Transport } from '../../shared/contract/messages'
import { KwiatError } from '../../shared/errors'
import type { OwnedProcess, SpawnProcess } from '../process/ownedProcess'
import { type WorkshopClient, workshopContract } from './contract'

const crashed = (): KwiatError =>
  new KwiatError('workshop-crashed', {
    who: 'workshop process',
    expected: 'an answer',
    actual: 'its end (killed, out of memory, or a fault in native code)',
    todo: 'try again; it starts anew by itself'
  })

const transportTo = (process: OwnedProcess, onEnd: () => void): Transport => ({
  send: (message) => process.send(message),
  listen: (onMessage, onClosed) => {
    process.onMessage(onMessage)
    process.onExit(() => {
      onEnd()
      onClosed()
    })
  }
})

/**
 * The process beside the trainer that does what the window asks for and what takes long: imports, pictures, exports,
 * trials of engines. It starts with the first call and again after a crash, which fails the calls in progress with
 * `workshop-crashed` and takes nothing else down.
 */
export class Workshop {
  readonly #spawn: SpawnProcess
  readonly #onOutput: (line: string) => void
  #running: { readonly process: OwnedProcess; readonly client: WorkshopClient } | null = null

  /** @param onOutput gets the lines of text that the process writes */
  constructor(spawn: SpawnProcess, onOutput: (line: string) => void) {
    this.#spawn = spawn
    this.#onOutput = onOutput
  }

  /** Asks the workshop; see `Client.call`. */
  get call(): WorkshopClient['call'] {
    const { client } = this.#started()
    return client.call.bind(client)
  }

  /** Ends the process; calls in progress fail. The next call would start another. */
  close(): void {
    this.#running?.process.kill()
    this.#running = null
  }

  #started(): { readonly client: WorkshopClient } {
    if (this.#running === null) {
      const process = this.#spawn(this.#onOutput)
      const forget = () => {
        if (this.#running?.process === process) {
          this.#running = null
        }
      }
      this.#running = { process, client: createClient(workshopContract, transportTo(process, forget), crashed) }
    }
    return this.#running
  }
}
