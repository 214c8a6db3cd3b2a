import { type Difference, differencesBetween } from '../../shared/config/differences'
import type { DataConfiguration, RunConfiguration } from '../../shared/config/runConfiguration'
import type { Preset } from '../../shared/contract/presets'
import type { RunCard } from '../../shared/contract/runs'
import type { StudioClient } from '../../shared/contract/studio'
import { ConfigurationForm } from './configurationForm.svelte'
import { nameOfPath } from './dataSets.svelte'

const maxNameLength = 100

/** "flowers-32" for the flowers with the preset flowers-32, "roses-dcgan-32" for other pictures. */
function suggestName(path: string, preset: string): string {
  const data = nameOfPath(path).replace(/\.(zip|tar|tgz|gz|bin)$/i, '')
  return (preset.startsWith(data) ? preset : `${data}-${preset}`).slice(0, maxNameLength)
}

/** The checkpoint that a branch begins as a copy of, and what it was trained with. */
export interface BranchStart {
  readonly id: string
  readonly name: string
  readonly step: number
  readonly data: string
  readonly configuration: RunConfiguration
}

export interface DraftStart {
  /** Path of the pictures, or "flowers". */
  readonly data: string
  /** What "reset" goes back to. */
  readonly preset: Preset
  /** The settings to begin with, where they aren't the preset's. */
  readonly configuration?: RunConfiguration
  readonly name?: string
  /** Where the run begins, if it is a branch of another one. */
  readonly branch?: BranchStart
}

/** A run that is being prepared: its pictures, its settings and its name. */
export class DraftRun {
  #data: string = $state('')
  #presetName: string = $state('')
  #form: ConfigurationForm = $state.raw()!
  /** What the user typed as a name; null for the suggested one. */
  #typedName: string | null = $state(null)
  readonly branch: BranchStart | null
  /** The settings in which a branch differs from its origin; none for a new run, or while something is wrong. */
  readonly #changes: readonly Difference[] = $derived.by(() => {
    const { configuration } = this.#form
    return this.branch === null || configuration === null
      ? []
      : differencesBetween(this.branch.configuration, configuration)
  })
  readonly #name = $derived(this.#typedName ?? suggestName(this.#data, this.#presetName))

  constructor({ data, preset, configuration, name, branch }: DraftStart) {
    this.branch = branch ?? null
    this.#data = data
    this.#presetName = preset.name
    this.#form = new ConfigurationForm(preset.configuration, configuration)
    this.#typedName = name ?? null
  }

  get data(): string {
    return this.#data
  }

  get presetName(): string {
    return this.#presetName
  }

  get form(): ConfigurationForm {
    return this.#form
  }

  get name(): string {
    return this.#name
  }

  set name(name: string) {
    this.#typedName = name
  }

  /** Other pictures have other classes: none is named any more. */
  useData(path: string): void {
    this.#data = path
    this.#form.set('data.classes', [])
  }

  /** How the pictures are to be used, as it was tried in the Data view. */
  useDataOptions(options: DataConfiguration): void {
    this.#form.set('data', options)
  }

  /**
   * All settings become those of a preset, or others that began as it; how the pictures are used stays.
   *
   * @param preset what "reset" goes back to
   */
  usePreset({ name, configuration: preset }: Preset, configuration: RunConfiguration = preset): void {
    const data = this.#form.valueAt('data')
    this.#presetName = name
    this.#form = new ConfigurationForm(preset, configuration)
    this.#form.set('data', data)
  }

  get changes(): readonly Difference[] {
    return this.#changes
  }

  get isReady(): boolean {
    const length = this.#name.trim().length
    return this.#form.configuration !== null && length > 0 && length <= maxNameLength
  }

  /** Asks the host to make and start the run; null while something is wrong. */
  async start(client: StudioClient, threads: number | null): Promise<RunCard | null> {
    const { configuration } = this.#form
    if (configuration === null || !this.isReady) {
      return null
    }
    const name = this.#name.trim()
    if (this.branch !== null) {
      const { id, step, data } = this.branch
      const pictures = this.#data === data ? {} : { data: this.#data }
      return (await client.call('runs/branch', { id, step, name, configuration, ...pictures })).run
    }
    const { run } = await client.call('runs/create', {
      name,
      data: this.#data,
      configuration,
      engine: threads === null ? {} : { threads }
    })
    return run
  }
}
