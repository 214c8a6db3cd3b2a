import { Cancelled, KwiatError, reviveError } from '../errors'
import { type HostMessage, hostMessageSchema, type Transport } from './messages'
import {
  type EventName,
  type EventPayload,
  eventSchemas,
  isEventName,
  type ParamsInput,
  type Progress,
  type RequestName,
  type Result,
  requestSchemas
} from './studio'

interface CallOptions<Name extends RequestName> {
  /** Aborting it cancels the call, which then rejects with `Cancelled`. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress<Name>) => void) | undefined
}

/** How a window sees its host, whichever it is. */
export interface StudioClient {
  /**
   * Asks the host. `params` may be left out where the request takes none.
   *
   * @throws KwiatError with the code that it was thrown with, Cancelled, `host-unreachable` when the host is gone
   */
  call<Name extends RequestName>(
    name: Name,
    ...rest: undefined extends ParamsInput<Name>
      ? [params?: undefined, options?: CallOptions<Name>]
      : [params: ParamsInput<Name>, options?: CallOptions<Name>]
  ): Promise<Result<Name>>
  /** Calls `listener` for each event of the name; returns the function that ends this. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
  /** Calls `listener` when the host is gone for good, as when `kwiat serve` was ended. */
  onClosed(listener: () => void): () => void
}

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
  progress(value: unknown): void
}

const unreachable = (): KwiatError =>
  new KwiatError('host-unreachable', {
    who: 'Kwiat',
    expected: 'an answer of the process that does the work',
    actual: 'a closed connection',
    todo: 'start Kwiat again and reload this page'
  })

/** The client over any transport. */
class TransportClient implements StudioClient {
  readonly #transport: Transport
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<EventName, Set<(value: unknown) => void>>()
  readonly #closedListeners = new Set<() => void>()
  #nextId = 0
  #isClosed = false

  constructor(transport: Transport) {
    this.#transport = transport
    transport.listen(
      (message) => this.#receive(hostMessageSchema.parse(message)),
      () => this.#close()
    )
  }

  async call<Name extends RequestName>(
    name: Name,
    params?: unknown,
    { signal, onProgress }: CallOptions<Name> = {}
  ): Promise<Result<Name>> {
    if (signal?.aborted) {
      throw new Cancelled()
    }
    const { result, progress } = requestSchemas[name]
    const id = this.#nextId++
    const cancel = () => this.#transport.send({ type: 'cancel', id })
    try {
      const value = await new Promise<unknown>((resolve, reject) => {
        if (this.#isClosed) {
          throw unreachable()
        }
        this.#pending.set(id, { resolve, reject, progress: (told) => onProgress?.(progress.parse(told)) })
        signal?.addEventListener('abort', cancel, { once: true })
        this.#transport.send({ type: 'call', id, name, params })
      })
      return result.parse(value)
    } finally {
      this.#pending.delete(id)
      signal?.removeEventListener('abort', cancel)
    }
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    const schema = eventSchemas[name]
    const checked = (value: unknown) => listener(schema.parse(value))
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(checked))
    return () => {
      listeners.delete(checked)
    }
  }

  onClosed(listener: () => void): () => void {
    this.#closedListeners.add(listener)
    return () => {
      this.#closedListeners.delete(listener)
    }
  }

  #receive(message: HostMessage): void {
    if (message.type === 'event') {
      if (isEventName(message.name)) {
        for (const listener of this.#listeners.get(message.name) ?? []) {
          listener(message.value)
        }
      }
      return
    }
    const call = this.#pending.get(message.id)
    if (message.type === 'result') {
      call?.resolve(message.value)
    } else if (message.type === 'failure') {
      call?.reject(reviveError(message.error))
    } else {
      call?.progress(message.value)
    }
  }

  #close(): void {
    this.#isClosed = true
    for (const call of this.#pending.values()) {
      call.reject(unreachable())
    }
    for (const listener of this.#closedListeners) {
      listener()
    }
  }
}

export const createClient = (transport: Transport): StudioClient => new TransportClient(transport)
