import { expect, test, vi } from 'vitest'
import { createClient } from '../../../src/shared/contract/client'
import { createDispatcher } from '../../../src/shared/contract/dispatcher'
import { decodeFrame, encodeFrame } from '../../../src/shared/contract/frames'
import type { HostMessage } from '../../../src/shared/contract/messages'
import { type Handlers, studioContract } from '../../../src/shared/contract/studio'
import { Cancelled, KwiatError } from '../../../src/shared/errors'
import { mockHandlers } from '../../support/mockHandlers'
import { createMockStudio } from '../../support/mockStudio'

const id = '0a1b2c'
const png = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)

test('a call gets the handler’s result and the handler gets the parameters', async () => {
  const sample = vi.fn(() => ({ png }))
  const { client } = createMockStudio({ 'runs/sample': sample })
  await expect(client.call('runs/sample', { id, step: 500 })).resolves.toEqual({ png })
  expect(sample).toHaveBeenCalledWith({ id, step: 500 }, expect.anything())
})

test('an error keeps its class, code, message and parts', async () => {
  const error = new KwiatError('run-not-found', { who: 'w', expected: 'e', actual: 'a', todo: 't' })
  const { client } = createMockStudio({ 'runs/list': () => Promise.reject(error) })
  const caught = await client.call('runs/list').catch((reason: unknown) => reason)
  expect(caught).toBeInstanceOf(KwiatError)
  expect(caught).toMatchObject({ code: 'run-not-found', message: error.message, parts: error.parts })
})

test.each([
  ['a wrong type', { id, step: '500' }],
  ['a path for an id', { id: '../../etc', step: 1 }],
  ['an unknown field', { id, step: 1, more: true }],
  ['nothing', undefined]
])('parameters off their schema never reach the handler: %s', async (_, params) => {
  const handler = vi.fn()
  const replies: HostMessage[] = []
  const { promise, dispatcher } = answerOf(handler, replies)
  dispatcher.receive({ type: 'call', id: 1, name: 'runs/sample', params })
  await promise
  expect(handler).not.toHaveBeenCalled()
  expect(replies).toMatchObject([{ type: 'failure', id: 1, error: { kind: 'kwiat', code: 'request-invalid' } }])
})

test.each(['runs/everything', 'toString', '__proto__'])('an unknown request is refused: %s', async (name) => {
  const replies: HostMessage[] = []
  const { promise, dispatcher } = answerOf(vi.fn(), replies)
  dispatcher.receive({ type: 'call', id: 1, name })
  await promise
  expect(replies).toMatchObject([{ type: 'failure', error: { code: 'request-invalid' } }])
})

test.each([null, 'call', { type: 'call' }, { type: 'call', id: -1, name: 'runs/list' }, { type: 'run', id: 1 }])(
  'a message that is none is passed over: %j',
  (message) => {
    const send = vi.fn()
    createDispatcher(studioContract, mockHandlers({}), send).receive(message)
    expect(send).not.toHaveBeenCalled()
  }
)

test('progress arrives in order before the result', async () => {
  const told: number[] = []
  const { client } = createMockStudio({
    'data/import': (_, { onProgress }) => {
      onProgress({ done: 1, total: 2, refused: 0, secondsLeft: 3 })
      onProgress({ done: 2, total: 2, refused: 0, secondsLeft: 0 })
      throw new Cancelled()
    }
  })
  const call = client.call(
    'data/import',
    { path: 'flowers', size: 32, channels: 3, crop: 'centre', classes: [] },
    { onProgress: ({ done }) => told.push(done) }
  )
  await expect(call).rejects.toBeInstanceOf(Cancelled)
  expect(told).toEqual([1, 2])
})

test('cancelling aborts the handler’s signal and rejects with Cancelled', async () => {
  const { client } = createMockStudio({
    'app/doctor': (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Cancelled())))
  })
  const controller = new AbortController()
  const call = client.call('app/doctor', undefined, { signal: controller.signal })
  controller.abort()
  await expect(call).rejects.toBeInstanceOf(Cancelled)
  await expect(client.call('app/doctor', undefined, { signal: controller.signal })).rejects.toBeInstanceOf(Cancelled)
})

test('what a handler throws that is no expected failure is told as a bug, expected failures are not', async () => {
  const onBug = vi.fn()
  const bug = new TypeError('x is undefined')
  for (const error of [
    bug,
    new Cancelled(),
    new KwiatError('usage', { who: 'w', expected: 'e', actual: 'a', todo: 't' })
  ]) {
    const { promise, dispatcher } = answerOf(() => Promise.reject(error), [], onBug)
    dispatcher.receive({ type: 'call', id: 1, name: 'runs/sample', params: { id, step: 1 } })
    await promise
  }
  expect(onBug.mock.calls).toEqual([[bug]])
})

test('closing the dispatcher aborts what runs and sends no more', async () => {
  const replies: HostMessage[] = []
  const aborted = vi.fn()
  const { dispatcher } = answerOf(
    (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          aborted()
          reject(new Cancelled())
        })
      ),
    replies
  )
  dispatcher.receive({ type: 'call', id: 1, name: 'runs/sample', params: { id, step: 1 } })
  dispatcher.close()
  await Promise.resolve()
  expect(aborted).toHaveBeenCalledOnce()
  expect(replies).toEqual([])
})

test('a result off its schema is a rejected call, not a wrong value', async () => {
  const client = createClient(studioContract, transportWith({ type: 'result', id: 0, value: { steps: ['five'] } }))
  await expect(client.call('runs/samples', { id })).rejects.toThrow(/steps/)
})

test('events reach the listeners of their name until they are taken off', () => {
  const { client, emit } = createMockStudio({})
  const listener = vi.fn()
  const off = client.on('queue/changed', listener)
  emit('queue/changed', { running: id, queued: [] })
  emit('run/removed', { id })
  off()
  emit('queue/changed', { running: null, queued: [] })
  expect(listener.mock.calls).toEqual([[{ running: id, queued: [] }]])
})

test('when the host is gone, calls in the air and later ones fail with host-unreachable', async () => {
  let close = () => {}
  const client = createClient(studioContract, { send: () => {}, listen: (_, onClosed) => (close = onClosed) })
  const onClosed = vi.fn()
  client.onClosed(onClosed)
  const inTheAir = client.call('runs/list')
  close()
  await expect(inTheAir).rejects.toMatchObject({ code: 'host-unreachable' })
  await expect(client.call('runs/list')).rejects.toMatchObject({ code: 'host-unreachable' })
  expect(onClosed).toHaveBeenCalledOnce()
})

test('a frame gives back its message, bytes included', () => {
  const message = { type: 'result', id: 3, value: { png, empty: new Uint8Array(), list: [1, null, 'ż'] } }
  expect(decodeFrame(encodeFrame(message))).toEqual(message)
  expect(decodeFrame('{"type":')).toBeUndefined()
})

/** A dispatcher with one handler, and a promise of its first reply. */
function answerOf(sample: Handlers['runs/sample'], replies: HostMessage[], onBug?: (error: unknown) => void) {
  let done = () => {}
  const promise = new Promise<void>((resolve) => {
    done = resolve
  })
  const send = (message: HostMessage) => {
    replies.push(message)
    done()
  }
  const dispatcher = createDispatcher(studioContract, mockHandlers({ 'runs/sample': sample }), send, onBug)
  return { promise, dispatcher }
}

/** A host that answers each call with the same message. */
function transportWith(reply: HostMessage) {
  let toClient: (message: unknown) => void = () => {}
  return {
    send: () => queueMicrotask(() => toClient(reply)),
    listen: (onMessage: (message: unknown) => void) => {
      toClient = onMessage
    }
  }
}
