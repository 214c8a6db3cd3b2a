import { type IpcMainEvent, type IpcMainInvokeEvent, protocol } from 'electron'
import { readStaticFile, securityHeaders } from '../page/staticFiles'

const scheme = 'kwiat'
const origin = `${scheme}://app`

export const pageUrl = `${origin}/`

/** Gives the page an origin of its own, unlike files have; to be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

/** Answers requests of the page from the built files in `folder`, and all others with 404. */
export function servePage(folder: string): void {
  protocol.handle(scheme, async ({ url }) => {
    const { host, pathname } = new URL(url)
    const file = host === 'app' ? await readStaticFile(folder, pathname) : null
    return new Response(file === null ? 'Not found.' : Buffer.from(file.content), {
      status: file === null ? 404 : 200,
      headers: { ...securityHeaders, 'Content-Type': file?.contentType ?? 'text/plain; charset=utf-8' }
    })
  })
}

/** Whether a message comes from the page itself: its main frame, at its own origin. */
export function isFromPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && new URL(senderFrame.url).origin === pageOrigin
}

/** As `URL` has it for schemes that it doesn't know. */
const pageOrigin = new URL(pageUrl).origin
