import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { socketPath } from '../../../shared/contract/bridge'
import { createDispatcher } from '../../../shared/contract/dispatcher'
import { decodeFrame, encodeFrame } from '../../../shared/contract/frames'
import type { HostMessage } from '../../../shared/contract/messages'
import { studioContract } from '../../../shared/contract/studio'
import { KwiatError } from '../../../shared/errors'
import { nodeErrorCode } from '../../files/nodeErrors'
import type { Studio } from '../../services/studio'
import { readStaticFile, securityHeaders } from '../page/staticFiles'
import { hasSession, isLocalHost, isSameOrigin, isToken, sessionCookie } from './access'

export interface WebHostOptions {
  readonly studio: Studio
  /** Folder of the built page. */
  readonly page: string
  /** 0 for any that is free. */
  readonly port: number
}

export interface WebHost {
  /** The address to open, with the token that lets the browser in. */
  readonly url: string
  /** Closes all connections. The studio stays as it is. */
  close(): Promise<void>
}

/** No request of the studio is larger. */
const maxMessageBytes = 4 * 2 ** 20

/**
 * Serves the studio to browsers on this computer: the page over HTTP, its calls over one WebSocket.
 *
 * @throws KwiatError `host-unsuited` when the port is taken
 */
export async function startWebHost({ studio, page, port }: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    answer(request, response, page, token).catch(() => respond(response, 500, 'Something went wrong.'))
  })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!mayConnect(request, token)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => serveSocket(webSocket, studio))
  })
  const actualPort = await listen(server, port)
  return {
    url: `http://127.0.0.1:${actualPort}/?token=${token}`,
    close: () => close(server, sockets)
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, page: string, token: string): Promise<void> {
  const url = new URL(`http://localhost${request.url}`)
  if (!isLocalHost(request.headers)) {
    respond(response, 403, 'This address is not the one that Kwiat serves.')
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    respond(response, 405, 'Only GET and HEAD.')
  } else if (isToken(url.searchParams.get('token'), token)) {
    // The token leaves the address bar, and with it the history.
    respond(response, 303, '', { Location: '/', 'Set-Cookie': sessionCookie(token) })
  } else if (!hasSession(request.headers, token)) {
    respond(response, 401, 'Open the address that kwiat serve printed, with its token.')
  } else {
    const file = await readStaticFile(page, url.pathname)
    respond(response, file === null ? 404 : 200, file?.content ?? 'Not found.', {
      'Content-Type': file?.contentType ?? 'text/plain; charset=utf-8'
    })
  }
}

function respond(
  response: ServerResponse,
  status: number,
  content: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {}
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...securityHeaders, ...headers })
  response.end(response.req.method === 'HEAD' ? undefined : content)
}

const mayConnect = ({ headers, url }: IncomingMessage, token: string): boolean =>
  url === socketPath && isLocalHost(headers) && isSameOrigin(headers) && hasSession(headers, token)

/** Answers one window until it is gone. */
function serveSocket(socket: WebSocket, { handlers, hub, onBug }: Studio): void {
  const send = (message: HostMessage) => socket.send(encodeFrame(message))
  const dispatcher = createDispatcher(studioContract, handlers, send, onBug)
  const unsubscribe = hub.subscribe(send)
  socket.on('message', (data) => dispatcher.receive(decodeFrame(data.toString())))
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    unsubscribe()
    dispatcher.close()
  })
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(nodeErrorCode(error) === 'EADDRINUSE' ? portTaken(port, error) : error))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

const portTaken = (port: number, cause: unknown): KwiatError =>
  new KwiatError(
    'host-unsuited',
    {
      who: `port ${port}`,
      expected: 'a free port',
      actual: 'one that another program uses',
      todo: 'choose another one with --port, or leave it out'
    },
    cause
  )

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  for (const socket of sockets.clients) {
    socket.terminate()
  }
  server.closeAllConnections()
  await closed
}
