import { z } from 'zod'
import {
  type ExportOptions,
  type ExportProgress,
  exportOptionsSchema,
  modelFormats
} from '../../../shared/contract/exports'
import type { StudioClient } from '../../../shared/contract/studio'
import { recall, remember } from '../remembered'

/** What can be exported: the generator in a format, or the whole run. */
export const exportKinds = [...modelFormats, 'kwiat'] as const
export type ExportKind = (typeof exportKinds)[number]

/** What was made. */
export interface Exported {
  /** Null for a download. */
  readonly path: string | null
  readonly bytes: number
  readonly notice: string | null
}

/** A file that a page can save by itself. */
export interface Download {
  readonly name: string
  readonly content: Uint8Array
}

type Options = Omit<ExportOptions, 'format'>

const remembered = exportOptionsSchema.omit({ format: true })
const usual: Options = { weights: 'ema', pictures: 'float', licence: '' }

/** The dialog of exports: what is exported, how, where to, and how far it is. */
export class ModelExport {
  readonly #client: StudioClient
  #step: number | null = $state(null)
  #kind: ExportKind = $state(recall('export', z.enum(exportKinds), 'onnx'))
  #options: Options = $state.raw(recall('exportOptions', remembered, usual))
  #folder: string = $state(recall('exportFolder', z.string(), ''))
  #progress: ExportProgress | null = $state.raw(null)
  #made: Exported | null = $state.raw(null)
  #stop: AbortController | null = null

  constructor(client: StudioClient) {
    this.#client = client
  }

  /** The step of the checkpoint that the dialog is about; null while it is closed. */
  get step(): number | null {
    return this.#step
  }

  open(step: number): void {
    this.#step = step
    this.#made = null
  }

  close(): void {
    this.#stop?.abort()
    this.#step = null
  }

  get kind(): ExportKind {
    return this.#kind
  }

  set kind(kind: ExportKind) {
    this.#kind = kind
    this.#made = null
    remember('export', kind)
  }

  get options(): Options {
    return this.#options
  }

  change(changes: Partial<Options>): void {
    this.#options = { ...this.#options, ...changes }
    remember('exportOptions', this.#options)
  }

  /** The folder of the user's that exports go into; empty until one is chosen. */
  get folder(): string {
    return this.#folder
  }

  set folder(folder: string) {
    this.#folder = folder
    this.#made = null
    remember('exportFolder', folder)
  }

  /** Null while nothing is exported. */
  get progress(): ExportProgress | null {
    return this.#progress
  }

  /** What was made last; null until then. */
  get made(): Exported | null {
    return this.#made
  }

  async chooseFolder(): Promise<void> {
    const { path } = await this.#client.call('data/choose', { kind: 'folder' })
    if (path !== null) {
      this.folder = path
    }
  }

  /** Writes into the folder. @throws Cancelled */
  async save(runId: string): Promise<void> {
    const { folder } = this
    this.#made = await this.#working(async (ports) => {
      if (this.#kind === 'kwiat') {
        return { ...(await this.#client.call('exports/run', { id: runId, folder }, ports)), notice: null }
      }
      const { path, bytes, notice } = await this.#client.call('exports/model', this.#plan(runId, { folder }), ports)
      return { path, bytes, notice }
    })
  }

  /** The files themselves, for the page to save. @throws Cancelled */
  async download(runId: string): Promise<readonly Download[]> {
    return this.#working(async (ports) => {
      const { files, bytes, notice } = await this.#client.call('exports/model', this.#plan(runId, 'download'), ports)
      this.#made = { path: null, bytes, notice }
      return files
    })
  }

  async reveal(path: string): Promise<void> {
    await this.#client.call('exports/reveal', { path })
  }

  cancel(): void {
    this.#stop?.abort()
  }

  #plan(id: string, target: { readonly folder: string } | 'download') {
    if (this.#step === null || this.#kind === 'kwiat') {
      throw new Error('export: expected a checkpoint and a format of a generator')
    }
    return { id, step: this.#step, format: this.#kind, ...this.#options, target }
  }

  async #working<Value>(
    work: (ports: { signal: AbortSignal; onProgress: (progress: ExportProgress) => void }) => Promise<Value>
  ): Promise<Value> {
    const stop = new AbortController()
    this.#stop = stop
    this.#made = null
    this.#progress = { phase: 'reading', doneBytes: 0, totalBytes: null }
    try {
      const onProgress = (progress: ExportProgress) => {
        this.#progress = progress
      }
      return await work({ signal: stop.signal, onProgress })
    } finally {
      this.#progress = null
      this.#stop = null
    }
  }
}
