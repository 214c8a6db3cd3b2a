import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import { startWebHost } from '../../../src/main/host/web/webHost'
import { EventHub } from '../../../src/main/services/eventHub'
import type { Studio } from '../../../src/main/services/studio'
import { initialSettings } from '../../../src/shared/contract/app'
import { createClient } from '../../../src/shared/contract/client'
import { decodeFrame, encodeFrame } from '../../../src/shared/contract/frames'
import type { ClientMessage } from '../../../src/shared/contract/messages'
import { studioContract } from '../../../src/shared/contract/studio'
import { mockHandlers } from '../../support/mockHandlers'
import { temporaryFolder } from '../../support/temporaryFolder'

const png = Uint8Array.of(137, 80, 78, 71, 0, 255)

/** A web host with a page of one file, a secret beside the page, and a link in the page that leads to it. */
async function serve() {
  const folder = await temporaryFolder()
  const page = join(folder, 'page')
  await mkdir(page)
  await writeFile(join(page, 'index.html'), 'the page')
  await writeFile(join(page, '.env.json'), 'hidden')
  await writeFile(join(folder, 'secret.json'), 'secret')
  await symlink(join(folder, 'secret.json'), join(page, 'link.json'))
  const studio: Studio = {
    handlers: mockHandlers({ 'runs/sample': () => ({ png }) }),
    hub: new EventHub(),
    isTraining: () => false,
    settings: initialSettings,
    openRun: async () => undefined,
    onBug: () => undefined,
    allowPath: () => undefined,
    close: async () => undefined
  }
  const host = await startWebHost({ studio, page, port: 0 })
  onTestFinished(() => host.close())
  const url = new URL(host.url)
  return { host, studio, port: Number(url.port), token: url.searchParams.get('token') ?? '', origin: url.origin }
}

type Served = Awaited<ReturnType<typeof serve>>

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly text: string
}

/** A request whose path and headers are sent as they are, unlike those of `fetch`. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
      .on('error', reject)
      .end()
  })
}

const cookieOf = ({ token }: Served) => ({ Cookie: `kwiat=${token}` })

/** The status with which a WebSocket is refused; 101 when it is not. */
function connectStatus({ port }: Served, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}

test('the printed address lets a browser in: it gets a cookie, leaves the token behind and sees the page', async () => {
  const served = await serve()
  const entered = await ask(served.port, `/?token=${served.token}`)
  expect(entered).toMatchObject({ status: 303, headers: { location: '/' } })
  expect(entered.headers['set-cookie']).toEqual([`kwiat=${served.token}; Path=/; HttpOnly; SameSite=Strict`])
  expect(await ask(served.port, '/', cookieOf(served))).toMatchObject({ status: 200, text: 'the page' })
})

test('the token has 192 random bits: two hosts differ', async () => {
  const [one, other] = [await serve(), await serve()]
  expect(one.token).toMatch(/^[\w-]{32}$/)
  expect(other.token).not.toBe(one.token)
})

test('without the token, or with a wrong one, there is no page', async () => {
  const served = await serve()
  const wrong = `${served.token.slice(0, -1)}${served.token.endsWith('A') ? 'B' : 'A'}`
  for (const [path, headers] of [
    ['/', {}],
    ['/?token=', {}],
    [`/?token=${wrong}`, {}],
    ['/', { Cookie: `kwiat=${wrong}` }],
    ['/', { Cookie: `other=${served.token}` }]
  ] as const) {
    expect(await ask(served.port, path, headers)).toMatchObject({ status: 401 })
  }
})

test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example:1'])(
  'another name for this computer is refused, as DNS rebinding has it: %j',
  async (host) => {
    const served = await serve()
    expect(await ask(served.port, '/', { ...cookieOf(served), Host: host })).toMatchObject({ status: 403 })
    const headers = { ...cookieOf(served), Host: host, Origin: `http://${host}` }
    expect(await connectStatus(served, '/studio', headers)).toBe(403)
  }
)

test.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/..%5csecret.json',
  '/a/../../secret.json',
  '/link.json',
  '/.env.json',
  '/%00.json',
  '/%E0%A4%A.json',
  '//secret.json'
])('no path leads out of the page’s folder: %s', async (path) => {
  const served = await serve()
  const answer = await ask(served.port, path, cookieOf(served))
  expect(answer.status).toBe(404)
  expect(answer.text).toBe('Not found.')
})

test('only reading methods are served', async () => {
  const served = await serve()
  expect(await ask(served.port, '/', cookieOf(served), 'POST')).toMatchObject({ status: 405 })
})

test('every answer carries a policy under which no foreign or inline script runs', async () => {
  const served = await serve()
  for (const path of ['/', '/nothing']) {
    const { headers } = await ask(served.port, path, cookieOf(served))
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect(headers['content-security-policy']).not.toContain('unsafe-eval')
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('a WebSocket needs the cookie, this page’s origin and the right path', async () => {
  const served = await serve()
  const { origin } = served
  const cookie = cookieOf(served)
  expect(await connectStatus(served, '/studio', { ...cookie, Origin: origin })).toBe(101)
  expect(await connectStatus(served, '/studio', { Origin: origin })).toBe(403)
  expect(await connectStatus(served, '/studio', { Cookie: 'kwiat=guess', Origin: origin })).toBe(403)
  expect(await connectStatus(served, '/studio', { ...cookie, Origin: 'http://evil.example' })).toBe(403)
  expect(await connectStatus(served, '/studio', { ...cookie, Origin: 'null' })).toBe(403)
  expect(await connectStatus(served, '/studio', cookie)).toBe(403)
  expect(await connectStatus(served, '/other', { ...cookie, Origin: origin })).toBe(403)
})

test('a client over the WebSocket gets results with their bytes, errors with their code, and events', async () => {
  const served = await serve()
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/studio`, {
    headers: { ...cookieOf(served), Origin: served.origin }
  })
  await new Promise((resolve) => socket.once('open', resolve))
  const client = createClient(studioContract, {
    send: (message: ClientMessage) => socket.send(encodeFrame(message)),
    listen: (onMessage, onClosed) => {
      socket.on('message', (data) => onMessage(decodeFrame(data.toString())))
      socket.on('close', onClosed)
    }
  })
  const event = new Promise((resolve) => client.on('run/removed', resolve))
  const closed = new Promise<void>((resolve) => client.onClosed(resolve))

  expect(await client.call('runs/sample', { id: '0a1b2c', step: 1 })).toEqual({ png })
  await expect(client.call('runs/list')).rejects.toMatchObject({ code: 'internal' })
  served.studio.hub.emit('run/removed', { id: '0a1b2c' })
  expect(await event).toEqual({ id: '0a1b2c' })

  socket.send('not a message')
  expect(await client.call('runs/sample', { id: '0a1b2c', step: 2 })).toEqual({ png })

  await served.host.close()
  await closed
})

test('a port that is taken is an error that says what to do', async () => {
  const { port, studio } = await serve()
  const again = startWebHost({ studio, page: '.', port })
  await expect(again).rejects.toMatchObject({ code: 'host-unsuited', message: expect.stringContaining('--port') })
})
