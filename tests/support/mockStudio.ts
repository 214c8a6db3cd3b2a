import type { EventName, EventPayload, Handlers, StudioClient } from '../../src/shared/contract/studio'
import { connectInMemory } from './connectInMemory'
import { mockHandlers } from './mockHandlers'

/** A client for tests, and the way to make its host tell something. */
export interface MockStudio {
  readonly client: StudioClient
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
}

/** A studio in memory that answers with `handlers`; requests without one fail. */
export function createMockStudio(handlers: Partial<Handlers>): MockStudio {
  const { client, tell } = connectInMemory(mockHandlers(handlers))
  return { client, emit: (name, value) => tell({ type: 'event', name, value }) }
}
