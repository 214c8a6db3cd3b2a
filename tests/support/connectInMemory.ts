import { createClient, type StudioClient } from '../../src/shared/contract/client'
import { createDispatcher, type Handlers } from '../../src/shared/contract/dispatcher'
import type { HostMessage } from '../../src/shared/contract/messages'

/** A client of the handlers without a transport between them, and the way to tell it something. */
export function connectInMemory(handlers: Handlers): {
  readonly client: StudioClient
  readonly tell: (message: HostMessage) => void
} {
  let tell: (message: HostMessage) => void = () => undefined
  const dispatcher = createDispatcher(handlers, (message) => tell(message))
  const client = createClient({
    send: (message) => dispatcher.receive(message),
    listen: (onMessage) => {
      tell = onMessage
    }
  })
  return { client, tell: (message) => tell(message) }
}
