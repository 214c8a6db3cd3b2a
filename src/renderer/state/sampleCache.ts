import type { StudioClient } from '../../shared/contract/studio'

const maxPictures = 64

/** Object URLs of sample grids, the newest used ones only: scrubbing through a long run must not fill the memory. */
export class SampleCache {
  readonly #client: StudioClient
  /** In the order of their use, oldest first. */
  readonly #urls = new Map<string, Promise<string>>()

  constructor(client: StudioClient) {
    this.#client = client
  }

  /** A URL of the grid of this step; it stays valid while at most 63 others were asked for since. */
  url(runId: string, step: number): Promise<string> {
    const key = `${runId}/${step}`
    const url = this.#urls.get(key) ?? this.#load(runId, step)
    this.#urls.delete(key)
    this.#urls.set(key, url)
    url.catch(() => this.#urls.delete(key))
    this.#forgetOldest()
    return url
  }

  async #load(id: string, step: number): Promise<string> {
    const { png } = await this.#client.call('runs/sample', { id, step })
    return urlOfPng(png)
  }

  #forgetOldest(): void {
    const surplus = [...this.#urls].slice(0, Math.max(0, this.#urls.size - maxPictures))
    for (const [key, url] of surplus) {
      this.#urls.delete(key)
      url.then(URL.revokeObjectURL, () => undefined)
    }
  }
}

/** The bytes are copied, since a blob can't hold memory that others may share. */
export const urlOfPng = (png: Uint8Array): string =>
  URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' }))
