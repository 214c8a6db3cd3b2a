import { type StudioBridge, socketPath } from '../shared/contract/bridge'
import { createClient } from '../shared/contract/client'
import { decodeFrame, encodeFrame } from '../shared/contract/frames'
import type { ClientMessage, Transport } from '../shared/contract/messages'
import { type StudioClient, studioContract } from '../shared/contract/studio'

declare global {
  interface Window {
    /** Exposed by the desktop app's preload script. */
    readonly kwiat?: StudioBridge
  }
}

/** The way to the host, whichever serves this page. */
export interface Connection {
  readonly client: StudioClient
  /** The path of a dropped file or folder; null where the browser keeps it to itself. */
  pathOfDropped(file: File): Promise<string | null>
}

/** Messages over one WebSocket to the server of this page; what is sent before it is open waits. */
function webTransport(): Transport {
  const url = new URL(socketPath, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  const waiting: string[] = []
  socket.addEventListener('open', () => {
    for (const frame of waiting.splice(0)) {
      socket.send(frame)
    }
  })
  return {
    send: (message: ClientMessage) => {
      const frame = encodeFrame(message)
      if (socket.readyState === WebSocket.CONNECTING) {
        waiting.push(frame)
      } else {
        socket.send(frame)
      }
    },
    listen: (onMessage, onClosed) => {
      socket.addEventListener('message', ({ data }) => onMessage(decodeFrame(String(data))))
      socket.addEventListener('close', onClosed)
    }
  }
}

/** Connects to the desktop app where the page runs in it, to the web host otherwise. */
export function connect(): Connection {
  const bridge = window.kwiat
  return bridge === undefined
    ? { client: createClient(studioContract, webTransport()), pathOfDropped: async () => null }
    : { client: createClient(studioContract, bridge), pathOfDropped: (file) => bridge.pathOfDropped(file) }
}
