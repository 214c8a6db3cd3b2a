import type { StudioClient } from '../../shared/contract/studio'
import { UrlCache } from './urlCache'

const maxPictures = 64

/** Object URLs of sample grids. */
export class SampleCache {
  readonly #client: StudioClient
  readonly #urls = new UrlCache(maxPictures)

  constructor(client: StudioClient) {
    this.#client = client
  }

  /** A URL of the grid of this step; it stays valid while at most 63 others were asked for since. */
  url(id: string, step: number): Promise<string> {
    return this.#urls.url(`${id}/${step}`, async () => (await this.#client.call('runs/sample', { id, step })).png)
  }
}
