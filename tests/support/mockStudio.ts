import { createClient, type StudioClient } from '../../src/shared/contract/client'
import { createDispatcher, type Handlers } from '../../src/shared/contract/dispatcher'
import type { HostMessage } from '../../src/shared/contract/messages'
import type { EventName, EventPayload } from '../../src/shared/contract/studio'
import { mockHandlers } from './mockHandlers'

/** A client for tests, and the way to make its host tell something. */
export interface MockStudio {
  readonly client: StudioClient
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
}

/** A studio in memory that answers with `handlers`; requests without one fail. */
export function createMockStudio(handlers: Partial<Handlers>): MockStudio {
  let toClient: (message: HostMessage) => void = () => {}
  const dispatcher = createDispatcher(mockHandlers(handlers), (message) => toClient(message))
  const client = createClient({
    send: (message) => dispatcher.receive(message),
    listen: (onMessage) => {
      toClient = onMessage
    }
  })
  return { client, emit: (name, value) => toClient({ type: 'event', name, value }) }
}
