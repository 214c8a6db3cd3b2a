import { z } from 'zod'
import { Cancelled, KwiatError, serializeError } from '../errors'
import { type Contract, type Exchange, type Exchanges, isNameIn } from './contract'
import { type ClientMessage, clientMessageSchema, type HostMessage } from './messages'

/** What a handler gets besides its parameters. */
interface CallContext<Progress> {
  /** Aborted when the caller cancels or is gone. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

type HandlerOf<Call extends Exchange> = (
  params: Call['params'],
  context: CallContext<Call['progress']>
) => Call['result'] | Promise<Call['result']>

/** One handler for each request: a request without one does not compile. */
export type HandlersOf<Requests extends Exchanges<Requests>> = {
  readonly [Name in keyof Requests]: HandlerOf<Requests[Name]>
}

/** Answers the calls of one client. */
export interface Dispatcher {
  /** Takes what the client sent. Malformed messages are answered where they can be, never thrown. */
  receive(message: unknown): void
  /** Cancels all calls, as when the client is gone. */
  close(): void
}

const refused = (who: string, expected: string, actual: string): KwiatError =>
  new KwiatError('request-invalid', { who, expected, actual, todo: 'reload the window' })

function parseParams<Params>(name: string, schema: z.ZodType<Params>, params: unknown): Params {
  const parsed = schema.safeParse(params)
  if (!parsed.success) {
    throw refused(name, 'parameters as its schema has them', z.prettifyError(parsed.error).replaceAll('\n', ' '))
  }
  return parsed.data
}

/**
 * Answers calls with `handlers`: parameters are checked against their schema, errors keep their code, a cancel message
 * aborts the handler's signal.
 *
 * @param send gives a message to the client; not called any more after `close`
 * @param onBug gets what a handler threw that is no expected failure
 */
export function createDispatcher<Requests extends Exchanges<Requests>, Events>(
  { requests }: Contract<Requests, Events>,
  handlers: HandlersOf<Requests>,
  send: (message: HostMessage) => void,
  onBug: (error: unknown) => void = () => undefined
): Dispatcher {
  const running = new Map<number, AbortController>()

  async function run<Name extends keyof Requests & string>(
    name: Name,
    id: number,
    given: unknown,
    signal: AbortSignal
  ) {
    const onProgress = (value: Requests[Name]['progress']) => {
      if (!signal.aborted) {
        send({ type: 'progress', id, value })
      }
    }
    const params: Requests[Name]['params'] = parseParams(name, requests[name].params, given)
    return await handlers[name](params, { signal, onProgress })
  }

  async function answer({ id, name, params }: Extract<ClientMessage, { type: 'call' }>): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    const reply = await settle(
      id,
      async () => {
        if (!isNameIn(requests, name)) {
          throw refused('request', 'the name of one', JSON.stringify(name))
        }
        return await run(name, id, params, controller.signal)
      },
      onBug
    )
    // Replaced when the same id was used again, gone after close.
    if (running.get(id) === controller) {
      running.delete(id)
      send(reply)
    }
  }

  return {
    receive: (message) => {
      const parsed = clientMessageSchema.safeParse(message)
      if (!parsed.success) {
        return
      }
      if (parsed.data.type === 'cancel') {
        running.get(parsed.data.id)?.abort()
      } else {
        void answer(parsed.data)
      }
    },
    close: () => {
      const controllers = [...running.values()]
      running.clear()
      for (const controller of controllers) {
        controller.abort()
      }
    }
  }
}

async function settle(id: number, work: () => Promise<unknown>, onBug: (error: unknown) => void): Promise<HostMessage> {
  try {
    return { type: 'result', id, value: await work() }
  } catch (error) {
    if (!(error instanceof KwiatError || error instanceof Cancelled)) {
      onBug(error)
    }
    return { type: 'failure', id, error: serializeError(error) }
  }
}
