import { createContext } from 'svelte'
import { differencesBetween } from '../../shared/config/differences'
import { parseRunConfiguration } from '../../shared/config/parse'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { withValue } from '../../shared/config/settings'
import type { AppInfo, OpenedRun, SettingChanges } from '../../shared/contract/app'
import type { Preset } from '../../shared/contract/presets'
import type { RunCard } from '../../shared/contract/runs'
import type { EngineChoice } from '../../shared/contract/training'
import type { Connection } from '../client'
import { currentLanguage } from '../text/translated.svelte'
import { CheckpointsState } from './checkpoints/checkpoints.svelte'
import { DataImport } from './dataImport.svelte'
import { DataSetsState, flowersPath } from './dataSets.svelte'
import { DraftRun, type DraftStart } from './draftRun.svelte'
import { ExaminationState } from './examination.svelte'
import { ExploreState } from './explore/exploreState.svelte'
import { LogState } from './log.svelte'
import { ModelEditor } from './modelEditor.svelte'
import { NavigationState } from './navigation.svelte'
import { NoticesState } from './notices.svelte'
import { PresetsState, usualPreset } from './presets.svelte'
import { RunMonitor } from './runMonitor.svelte'
import { RunSettings } from './runSettings'
import { RunsState } from './runs.svelte'
import { SampleCache } from './sampleCache'
import { ThemeState } from './theme.svelte'
import { TrainingState } from './training.svelte'

/** `own` with all networks of `edited`, and with those other settings that were changed from `base` to `edited`. */
function withEdits(own: RunConfiguration, base: RunConfiguration, edited: RunConfiguration): RunConfiguration {
  const { architecture } = edited
  const changes = differencesBetween({ ...base, architecture }, edited)
  const changed = changes.reduce<unknown>((whole, { path, to }) => withValue(whole, path.split('.'), to), own)
  return parseRunConfiguration(withValue(changed, ['architecture'], architecture))
}

/** All state of the window: one part for each concern, and what concerns several of them. */
export class Studio {
  readonly connection: Connection
  readonly navigation = new NavigationState()
  readonly notices = new NoticesState()
  readonly dataSets = new DataSetsState()
  /** The networks in the Model view's editor. */
  readonly model = new ModelEditor()
  readonly theme: ThemeState
  readonly runs: RunsState
  readonly training: TrainingState
  readonly presets: PresetsState
  readonly dataImport: DataImport
  readonly log: LogState
  readonly samples: SampleCache
  readonly examination: ExaminationState
  readonly settings: RunSettings
  readonly explore: ExploreState
  readonly checkpoints: CheckpointsState
  #info: AppInfo | null = $state.raw(null)
  #isClosed = $state(false)
  #draft: DraftRun | null = $state.raw(null)
  #monitor: RunMonitor | null = $state.raw(null)
  #now = $state(Date.now())
  isNewRunOpen = $state(false)
  isQueueOpen = $state(false)
  /** The finished run whose dialog "train further" is open; null for none. */
  furtherId: string | null = $state(null)
  readonly #run = $derived.by(() => this.runs.find(this.navigation.runId))

  constructor(connection: Connection, root: HTMLElement) {
    const { client } = connection
    this.connection = connection
    this.theme = new ThemeState(root)
    this.runs = new RunsState(client)
    this.training = new TrainingState(client)
    this.presets = new PresetsState(client)
    this.dataImport = new DataImport(client, this.dataSets)
    this.log = new LogState(client)
    this.samples = new SampleCache(client)
    this.examination = new ExaminationState(client)
    this.settings = new RunSettings(client)
    this.explore = new ExploreState(client)
    this.checkpoints = new CheckpointsState(client)
    client.onClosed(() => {
      this.#isClosed = true
    })
    client.on('app/opened', (opened) => this.#showOpened(opened))
    client.on('menu/command', ({ command }) => this.#obey(command))
  }

  /** Fetches what is there; each part that fails says so, and the others go on. */
  async load(): Promise<void> {
    const parts = [
      this.runs.load(),
      this.training.load(),
      this.presets.load(),
      this.log.load(this.connection.client),
      this.connection.client.call('app/info').then((info) => {
        this.#info = info
        return this.#tellLanguage(info)
      })
    ]
    await Promise.all(parts.map((part) => part.catch((error: unknown) => this.notices.failure(error))))
    this.select(this.#run?.id ?? this.training.running ?? this.runs.all[0]?.id ?? null)
    this.#beginModel()
    await this.attempt(async () => {
      const opened = await this.connection.client.call('app/startedWith')
      if (opened !== null) {
        this.#showOpened(opened)
      }
    })
  }

  /** Menus and dialogs speak as the window does. */
  async #tellLanguage({ settings }: AppInfo): Promise<void> {
    if (settings.language !== currentLanguage()) {
      await this.changeSettings({ language: currentLanguage() })
    }
  }

  get info(): AppInfo | null {
    return this.#info
  }

  /** What networks are examined for. */
  get engine(): EngineChoice {
    const threads = this.#info?.settings.threads ?? null
    return threads === null ? { id: 'cpu' } : { id: 'cpu', threads }
  }

  async changeSettings(changes: SettingChanges): Promise<void> {
    await this.attempt(async () => {
      const settings = await this.connection.client.call('app/changeSettings', changes)
      this.#info = this.#info === null ? null : { ...this.#info, settings }
    })
  }

  /** True once the host is gone for good. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The run that the header and the views are about. */
  get run(): RunCard | null {
    return this.#run
  }

  get monitor(): RunMonitor | null {
    return this.#monitor
  }

  /** The run that is being prepared, shown in the Train view instead of the selected one. */
  get draft(): DraftRun | null {
    return this.#draft
  }

  /** Milliseconds since 1970, in steps of half a minute: for "3 min ago". */
  get now(): number {
    return this.#now
  }

  /** Lets time pass; returns the function that ends this. */
  startClock(): () => void {
    const timer = setInterval(() => {
      this.#now = Date.now()
    }, 30_000)
    return () => clearInterval(timer)
  }

  /** Does what the user asked for and shows the reason where it fails. True when it succeeded. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.notices.failure(error)
      return false
    }
  }

  select(id: string | null): void {
    this.navigation.select(id)
    if (this.#monitor?.runId !== id) {
      this.#watch(id)
    }
  }

  /** Selects a run instead of the one that is being prepared. */
  showRun(id: string): void {
    this.#draft = null
    this.select(id)
  }

  /** Opens what stands at a path that the user gave: a run, one of its checkpoints, or pictures. */
  async openPath(path: string): Promise<void> {
    const opened = await this.connection.client.call('app/open', { path })
    if (opened === null) {
      this.dataImport.take(path)
      this.navigation.open('data')
    } else {
      this.#showOpened(opened)
    }
  }

  openRun(id: string): void {
    this.showRun(id)
    this.navigation.open('train')
  }

  /** Prepares a run; all three may be left out: flowers with the preset made for them. */
  prepare(start: Partial<DraftStart> = {}): DraftRun | null {
    const preset = start.preset ?? this.#firstPreset()
    if (preset !== null) {
      this.#draft = new DraftRun({ data: flowersPath, ...start, preset })
    }
    return this.#draft
  }

  /** Puts the networks of the run that is being prepared into the editor. */
  editDraft(): void {
    const { configuration } = this.#draft?.form ?? {}
    if (this.#draft !== null && configuration != null) {
      this.model.open('draft', this.#draft.name, configuration)
      this.navigation.open('model')
    }
  }

  /** Takes the edited networks over into the run that is being prepared, or prepares one with them. */
  trainModel(): void {
    const { configuration, origin } = this.model
    if (configuration === null || origin === null) {
      return
    }
    const preset = this.#presetOf(configuration, origin.configuration)
    // A branch goes on with the networks of the run that it comes from.
    if (this.#draft === null || this.#draft.branch !== null) {
      this.prepare({ preset, configuration })
    } else {
      const own = origin.kind === 'draft' ? this.#draft.form.configuration : null
      this.#draft.usePreset(preset, own === null ? configuration : withEdits(own, origin.configuration, configuration))
    }
    this.navigation.open('train')
  }

  discardDraft(): void {
    this.#draft = null
  }

  /** The dialog of the three clicks. */
  openNewRun(start: Partial<DraftStart> = {}): void {
    this.isNewRunOpen = this.prepare(start) !== null
  }

  async startDraft(): Promise<void> {
    const draft = this.#draft
    await this.attempt(async () => {
      const run = (await draft?.start(this.connection.client, this.#info?.settings.threads ?? null)) ?? null
      if (run !== null) {
        this.runs.put(run)
        this.isNewRunOpen = false
        this.openRun(run.id)
      }
    })
  }

  /** Prepares another run with the settings of one. */
  async duplicate(id: string): Promise<void> {
    await this.attempt(async () => {
      const { name, configuration, data } = await this.connection.client.call('runs/duplicate', { id })
      this.prepare({ name, data, configuration, preset: this.#presetOf(configuration, configuration) })
      this.navigation.open('train')
    })
  }

  /** Prepares a run that begins as a copy of a checkpoint; only what is changed then differs from it. */
  async prepareBranch({ id, name }: RunCard, step: number): Promise<void> {
    await this.attempt(async () => {
      const { configuration, data } = await this.connection.client.call('runs/duplicate', { id })
      const preset = { name: configuration.preset, isBuiltIn: false, configuration }
      this.prepare({ name: `${name} ${step}`, data, preset, branch: { id, name, step, data, configuration } })
      this.navigation.open('train')
    })
  }

  /** Deletes a run, and offers to take it back. */
  async delete({ id, name }: RunCard, texts: { done(name: string): string; readonly undo: string }): Promise<void> {
    await this.attempt(async () => {
      await this.runs.delete(id)
      if (this.navigation.runId === id) {
        this.select(this.runs.all[0]?.id ?? null)
      }
      const undo = { label: texts.undo, run: () => void this.attempt(() => this.runs.restore(id)) }
      this.notices.done(texts.done(name), undo)
    })
  }

  #showOpened({ run, checkpoint }: OpenedRun): void {
    this.runs.put(run)
    this.showRun(run.id)
    this.navigation.open(checkpoint ? 'checkpoints' : 'train')
  }

  /** The preset that a configuration names, or one made of `fallback` where it is gone. */
  #presetOf({ preset: name }: RunConfiguration, fallback: RunConfiguration): Preset {
    return this.presets.find(name) ?? { name, isBuiltIn: false, configuration: fallback }
  }

  /** The editor is never empty. */
  #beginModel(): void {
    const preset = this.#firstPreset()
    if (this.model.configuration === null && preset !== null) {
      this.model.open('preset', preset.name, preset.configuration)
    }
  }

  #firstPreset(): Preset | null {
    return (
      this.presets.find(this.#info?.settings.preset ?? usualPreset) ??
      this.presets.find(usualPreset) ??
      this.presets.all[0] ??
      null
    )
  }

  #watch(id: string | null): void {
    this.#monitor?.close()
    const monitor = id === null ? null : new RunMonitor(this.connection.client, id)
    this.#monitor = monitor
    if (monitor !== null) {
      const hasFiles = this.runs.find(id)?.folder !== null
      void this.attempt(() => monitor.load(hasFiles))
    }
  }

  #obey(command: 'new-run' | 'open-data' | 'pause' | 'stop' | 'settings' | 'log'): void {
    const id = this.training.running
    const commands: Readonly<Record<typeof command, () => void>> = {
      'new-run': () => this.openNewRun(),
      'open-data': () => this.navigation.open('data'),
      pause: () => id !== null && void this.attempt(() => this.runs.pause(id)),
      stop: () => id !== null && void this.attempt(() => this.runs.stop(id)),
      settings: () => this.navigation.open('settings'),
      log: () => {
        this.log.isOpen = true
      }
    }
    commands[command]()
  }
}

const [getStudio, setStudio] = createContext<Studio>()

export { getStudio, setStudio }
