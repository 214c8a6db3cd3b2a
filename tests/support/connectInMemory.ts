import { createClient } from '../../src/shared/contract/client'
import { createDispatcher } from '../../src/shared/contract/dispatcher'
import type { HostMessage } from '../../src/shared/contract/messages'
import { type Handlers, type StudioClient, studioContract } from '../../src/shared/contract/studio'

/** A client of the handlers without a transport between them, and the way to tell it something. */
export function connectInMemory(handlers: Handlers): {
  readonly client: StudioClient
  readonly tell: (message: HostMessage) => void
} {
  let tell: (message: HostMessage) => void = () => undefined
  const dispatcher = createDispatcher(studioContract, handlers, (message) => tell(message))
  const client = createClient(studioContract, {
    send: (message) => dispatcher.receive(message),
    listen: (onMessage) => {
      tell = onMessage
    }
  })
  return { client, tell: (message) => tell(message) }
}
