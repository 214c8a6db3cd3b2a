import { Cancelled, KwiatError, reviveError } from '../errors'
import type { Contract, Exchanges } from './contract'
import { type HostMessage, hostMessageSchema, type Transport } from './messages'

interface CallOptions<Progress> {
  /** Aborting it cancels the call, which then rejects with `Cancelled`. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** How one side of a contract sees the other, wherever it is. */
export interface Client<Requests extends Exchanges<Requests>, Events> {
  /**
   * Asks the other side. `params` may be left out where the request takes none.
   *
   * @throws KwiatError with the code that it was thrown with, Cancelled, or the client's error for a lost connection
   */
  call<Name extends keyof Requests & string>(
    name: Name,
    ...rest: undefined extends Requests[Name]['input']
      ? [params?: undefined, options?: CallOptions<Requests[Name]['progress']>]
      : [params: Requests[Name]['input'], options?: CallOptions<Requests[Name]['progress']>]
  ): Promise<Requests[Name]['result']>
  /** Calls `listener` for each event of the name; returns the function that ends this. */
  on<Name extends keyof Events & string>(name: Name, listener: (payload: Events[Name]) => void): () => void
  /** Calls `listener` when the other side is gone for good, as when `kwiat serve` was ended. */
  onClosed(listener: () => void): () => void
}

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
  progress(value: unknown): void
}

const hostUnreachable = (): KwiatError =>
  new KwiatError('host-unreachable', {
    who: 'Kwiat',
    expected: 'an answer of the process that does the work',
    actual: 'a closed connection',
    todo: 'start Kwiat again and reload this page'
  })

/** The client over any transport. */
class TransportClient<Requests extends Exchanges<Requests>, Events> implements Client<Requests, Events> {
  readonly #contract: Contract<Requests, Events>
  readonly #transport: Transport
  readonly #unreachable: () => KwiatError
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<string, Set<(value: unknown) => void>>()
  readonly #closedListeners = new Set<() => void>()
  #nextId = 0
  #isClosed = false

  constructor(contract: Contract<Requests, Events>, transport: Transport, unreachable: () => KwiatError) {
    this.#contract = contract
    this.#transport = transport
    this.#unreachable = unreachable
    transport.listen(
      (message) => this.#receive(hostMessageSchema.parse(message)),
      () => this.#close()
    )
  }

  async call<Name extends keyof Requests & string>(
    name: Name,
    params?: unknown,
    { signal, onProgress }: CallOptions<Requests[Name]['progress']> = {}
  ): Promise<Requests[Name]['result']> {
    if (signal?.aborted) {
      throw new Cancelled()
    }
    const { result, progress } = this.#contract.requests[name]
    const id = this.#nextId++
    const cancel = () => this.#transport.send({ type: 'cancel', id })
    try {
      const value = await new Promise<unknown>((resolve, reject) => {
        if (this.#isClosed) {
          throw this.#unreachable()
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

  on<Name extends keyof Events & string>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    const schema = this.#contract.events[name]
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
      for (const listener of this.#listeners.get(message.name) ?? []) {
        listener(message.value)
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
      call.reject(this.#unreachable())
    }
    for (const listener of this.#closedListeners) {
      listener()
    }
  }
}

/**
 * A client of a contract.
 *
 * @param unreachable the error of calls that the other side can't answer any more
 */
export const createClient = <Requests extends Exchanges<Requests>, Events>(
  contract: Contract<Requests, Events>,
  transport: Transport,
  unreachable: () => KwiatError = hostUnreachable
): Client<Requests, Events> => new TransportClient(contract, transport, unreachable)
