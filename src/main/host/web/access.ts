import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Names under which a browser on this computer, or at the near end of a tunnel, reaches the loopback interface. */
const localNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Whether the Host header names this computer. A page of another site that had its own name point to 127.0.0.1 (DNS
 * rebinding) would send its own name.
 */
export function isLocalHost({ host }: IncomingHttpHeaders): boolean {
  const name = /^(.+?)(:\d{1,5})?$/.exec(host ?? '')?.[1]
  return name !== undefined && localNames.has(name)
}

/** Whether a request was sent by a page of this server: browsers put the page's origin on each WebSocket. */
export const isSameOrigin = ({ origin, host }: IncomingHttpHeaders): boolean =>
  host !== undefined && origin === `http://${host}`

/** Compares in a time that doesn't tell how much is right. */
export function isToken(given: string | null | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const cookieName = 'kwiat'

/** Kept by the browser until it is closed, out of reach of scripts and of other sites. */
export const sessionCookie = (token: string): string => `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`

export function hasSession({ cookie }: IncomingHttpHeaders, token: string): boolean {
  const values = (cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  return values.some(([name, value]) => name === cookieName && isToken(value, token))
}
