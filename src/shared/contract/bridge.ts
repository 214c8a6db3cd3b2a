import type { Transport } from './messages'

/** What the preload script exposes as `window.kwiat`; missing where the page was served by `kwiat serve`. */
export interface StudioBridge extends Transport {
  /** The path of a file or folder that the user dropped on the page, from then on allowed as data; null when it has none. */
  pathOfDropped(file: File): Promise<string | null>
}

/** Where the page served by `kwiat serve` connects to, with frames as in `frames.ts`. Its cookie lets it in. */
export const socketPath = '/studio'
