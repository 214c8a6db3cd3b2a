import type { DataSummary } from '../../shared/contract/data'
import type { Progress, StudioClient } from '../../shared/contract/studio'
import { Cancelled } from '../../shared/errors'
import { type DataSetsState, flowersPath } from './dataSets.svelte'
import { urlOfPng } from './urlCache'

export const dataTabs = ['flowers', 'folder', 'zip', 'cifar', 'idx'] as const
export type DataTab = (typeof dataTabs)[number]

export type ImportOptions = Pick<DataSummary['options'], 'size' | 'channels' | 'crop' | 'classes'>

const previewCount = 64

/** What an import came to. */
interface Imported {
  readonly path: string
  readonly data: DataSummary
  readonly previewUrl: string
}

/** What paths look like, the first that fits wins; a folder's path may look like anything. */
const pathForms: readonly (readonly [RegExp, DataTab])[] = [
  [/^flowers$/, 'flowers'],
  [/\.zip$/i, 'zip'],
  [/idx\d|ubyte/i, 'idx'],
  [/\.(bin|tar|tgz|tar\.gz)$/i, 'cifar']
]

/** The tab that a path most likely belongs to. */
export const tabOfPath = (path: string): DataTab => pathForms.find(([form]) => form.test(path))?.[1] ?? 'folder'

/** The Data view: pictures are chosen, imported and looked at as the networks will see them. */
export class DataImport {
  readonly #client: StudioClient
  readonly #sets: DataSetsState
  tab: DataTab = $state('flowers')
  #path: string = $state('')
  #options: ImportOptions = $state.raw({ size: 32, channels: 3, crop: 'centre', classes: [] })
  flip = $state(false)
  #progress: Progress<'data/import'> | null = $state.raw(null)
  #isBusy = $state(false)
  #imported: Imported | null = $state.raw(null)
  /** Classes of all pictures at the path; an import of some classes knows only those. */
  #allClasses: DataSummary['classes'] = $state.raw([])
  #problem: unknown = $state.raw(null)
  #stop: AbortController | null = null

  constructor(client: StudioClient, sets: DataSetsState) {
    this.#client = client
    this.#sets = sets
  }

  get path(): string {
    return this.#path
  }

  get options(): ImportOptions {
    return this.#options
  }

  get progress(): Progress<'data/import'> | null {
    return this.#progress
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  get imported(): Imported | null {
    return this.#imported
  }

  get allClasses(): DataSummary['classes'] {
    return this.#allClasses
  }

  /** Why the last import failed; null when it didn't. */
  get problem(): unknown {
    return this.#problem
  }

  openTab(tab: DataTab): void {
    this.tab = tab
    if (tab === 'flowers') {
      this.open(flowersPath)
    }
  }

  /** Imports what stands at `path`, all classes of it. */
  open(path: string): void {
    this.#path = path.trim()
    this.#allClasses = []
    this.#options = { ...this.#options, classes: [] }
    this.#begin()
  }

  /** Takes a path from outside, as one that was dropped, and opens the tab that it belongs to. */
  take(path: string): void {
    this.tab = tabOfPath(path)
    this.open(path)
  }

  change(options: Partial<ImportOptions>): void {
    this.#options = { ...this.#options, ...options }
    if (this.#path !== '') {
      this.#begin()
    }
  }

  /** Adds or removes a class; none chosen means all. */
  toggleClass(name: string): void {
    const { classes } = this.#options
    this.change({ classes: classes.includes(name) ? classes.filter((other) => other !== name) : [...classes, name] })
  }

  cancel(): void {
    this.#stop?.abort()
  }

  #begin(): void {
    this.#stop?.abort()
    const stop = new AbortController()
    this.#stop = stop
    this.#isBusy = true
    this.#progress = null
    this.#problem = null
    this.#import(stop).catch((error: unknown) => this.#fail(stop, error))
  }

  async #import(stop: AbortController): Promise<void> {
    const path = this.#path
    const options = this.#options
    const onProgress = (progress: Progress<'data/import'>) => {
      if (this.#stop === stop) {
        this.#progress = progress
      }
    }
    const { id, data } = await this.#client.call(
      'data/import',
      { path, ...options },
      { signal: stop.signal, onProgress }
    )
    const { png } = await this.#client.call('data/preview', { id, count: previewCount }, { signal: stop.signal })
    if (this.#stop === stop) {
      this.#show({ path, data, previewUrl: urlOfPng(png) })
    }
  }

  #show(imported: Imported): void {
    this.#forget()
    this.#imported = imported
    this.#isBusy = false
    const { path, data } = imported
    if (data.options.classes.length === 0) {
      this.#allClasses = data.classes
      this.#sets.add({ path, name: data.source.name, count: data.count })
    }
  }

  #fail(stop: AbortController, error: unknown): void {
    if (this.#stop !== stop) {
      return
    }
    this.#isBusy = false
    if (!(error instanceof Cancelled)) {
      this.#forget()
      this.#problem = error
    }
  }

  #forget(): void {
    if (this.#imported !== null) {
      URL.revokeObjectURL(this.#imported.previewUrl)
      this.#imported = null
    }
  }
}
