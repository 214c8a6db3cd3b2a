import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { Preset } from '../../shared/contract/presets'
import type { StudioClient } from '../../shared/contract/studio'

/** What new runs begin with until the user chooses another: made for the flowers. */
export const usualPreset = 'flowers-32'

/** The built-in configurations and the user’s own. */
export class PresetsState {
  readonly #client: StudioClient
  #all: readonly Preset[] = $state.raw([])

  constructor(client: StudioClient) {
    this.#client = client
  }

  async load(): Promise<void> {
    const { presets } = await this.#client.call('presets/list')
    this.#all = presets
  }

  get all(): readonly Preset[] {
    return this.#all
  }

  find(name: string): Preset | null {
    return this.#all.find((preset) => preset.name === name) ?? null
  }

  /** Saves a whole configuration as the user's own preset; one of the same name is replaced. */
  async save(name: string, configuration: RunConfiguration): Promise<Preset> {
    const { preset } = await this.#client.call('presets/save', { name, configuration })
    await this.load()
    return preset
  }

  async remove(name: string): Promise<void> {
    await this.#client.call('presets/remove', { name })
    await this.load()
  }
}
