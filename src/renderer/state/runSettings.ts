import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { Result, StudioClient } from '../../shared/contract/studio'
import { urlOfPng } from './urlCache'

/** What each run was begun with: it never changes, so it is asked for once. */
export class RunSettings {
  readonly #client: StudioClient
  readonly #settings = new Map<string, Promise<Result<'runs/duplicate'>>>()
  readonly #realPictures = new Map<string, Promise<string>>()

  constructor(client: StudioClient) {
    this.#client = client
  }

  of(runId: string): Promise<Result<'runs/duplicate'>> {
    return remembered(this.#settings, runId, () => this.#client.call('runs/duplicate', { id: runId }))
  }

  /** A URL of a grid of the pictures that the run learns from, laid out as its samples. */
  realPictures(runId: string): Promise<string> {
    return remembered(this.#realPictures, runId, () => this.#loadRealPictures(runId))
  }

  async #loadRealPictures(runId: string): Promise<string> {
    const { configuration, data } = await this.of(runId)
    const { id } = await this.#client.call('data/import', { path: data, ...importOptions(configuration) })
    const { png } = await this.#client.call('data/preview', { id, count: configuration.output.sampleCount })
    return urlOfPng(png)
  }
}

const importOptions = ({ architecture, data }: RunConfiguration) => ({
  size: architecture.pictureSize,
  channels: architecture.channels,
  crop: data.crop,
  classes: data.classes
})

/** The promise that stands in the map, or a new one; one that fails is forgotten, so that it can be tried again. */
function remembered<Value>(map: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>): Promise<Value> {
  const known = map.get(key)
  if (known !== undefined) {
    return known
  }
  const asked = ask()
  map.set(key, asked)
  asked.catch(() => map.delete(key))
  return asked
}
