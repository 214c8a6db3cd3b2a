import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { unlessMissing } from '../../files/nodeErrors'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2'
}

export interface StaticFile {
  readonly content: Uint8Array
  readonly contentType: string
}

/** The path of a URL in parts; null for one that names a parent, a hidden file or nothing that can be a file's name. */
function partsOf(urlPath: string): readonly string[] | null {
  try {
    const parts = decodeURIComponent(urlPath)
      .split('/')
      .filter((part) => part !== '')
    return parts.some((part) => part.startsWith('.') || /[\\:\0]/.test(part)) ? null : parts
  } catch {
    return null
  }
}

/** A file of the built page; null where there is none, or where the path leads out of the folder. */
export async function readStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const parts = partsOf(urlPath === '/' ? '/index.html' : urlPath)
  const contentType = contentTypes[extname(parts?.at(-1) ?? '')]
  if (parts === null || contentType === undefined) {
    return null
  }
  const path = await unlessMissing(realpath(join(folder, ...parts)), null)
  if (path?.startsWith((await realpath(folder)) + sep) !== true) {
    return null
  }
  return { content: await readFile(path), contentType }
}

/** What the built page needs and no more; its components set styles on elements, its bundler puts small fonts in. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** For each answer of a host that serves the page. */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store'
}
