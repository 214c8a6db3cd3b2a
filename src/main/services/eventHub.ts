import type { HostMessage } from '../../shared/contract/messages'
import type { EventName, EventPayload } from '../../shared/contract/studio'

export type Emit = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void

/** Tells the studio's events to all windows that listen. */
export class EventHub {
  readonly #sinks = new Set<(message: HostMessage) => void>()

  readonly emit: Emit = (name, value) => {
    for (const sink of this.#sinks) {
      sink({ type: 'event', name, value })
    }
  }

  /** Returns the function that ends it. */
  subscribe(sink: (message: HostMessage) => void): () => void {
    this.#sinks.add(sink)
    return () => {
      this.#sinks.delete(sink)
    }
  }
}
