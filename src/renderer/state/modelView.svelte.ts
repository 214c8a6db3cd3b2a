import type { Problem } from '../../shared/architecture/problems'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { StudioClient } from '../../shared/contract/studio'
import type { EngineChoice } from '../../shared/contract/training'
import type { Language } from '../../shared/language'
import { type LayerIds, newLayerIds } from './layerIds'
import type { ModelEditor } from './modelEditor.svelte'
import { ModelExaminer } from './modelExaminer.svelte'
import { ModelImport, type ModelText } from './modelImport.svelte'
import type { RunSettings } from './runSettings'

/** What the Model view shows: the editor's networks, or those of the selected run, which stay as they are. */
export type ModelSubject = 'editor' | 'run'

interface RunModel {
  readonly id: string
  readonly name: string
  readonly configuration: RunConfiguration
  readonly ids: LayerIds
}

/** The Model view: which networks it shows, what is known of them, and what can be done with them as a whole. */
export class ModelView {
  readonly editor: ModelEditor
  readonly examiner: ModelExaminer
  readonly reading: ModelImport
  readonly #client: StudioClient
  readonly #settings: RunSettings
  #chosen: ModelSubject = $state('editor')
  #run: RunModel | null = $state.raw(null)
  #isMeasuring = $state(false)
  readonly #configuration = $derived.by(() =>
    this.#chosen === 'run' ? (this.#run?.configuration ?? null) : this.editor.configuration
  )

  constructor(client: StudioClient, editor: ModelEditor, settings: RunSettings) {
    this.#client = client
    this.#settings = settings
    this.editor = editor
    this.examiner = new ModelExaminer(client)
    this.reading = new ModelImport(client)
  }

  get subject(): ModelSubject {
    return this.#chosen
  }

  /** Null until it is there. */
  get configuration(): RunConfiguration | null {
    return this.#configuration
  }

  get ids(): LayerIds {
    return this.#chosen === 'run' && this.#run !== null ? this.#run.ids : this.editor.ids
  }

  get canEdit(): boolean {
    return this.#chosen === 'editor'
  }

  /** How many keep the networks from training; null while it is not known of their newest form. */
  get errors(): number | null {
    return this.examiner.errorsOf(this.#configuration)
  }

  showEditor(): void {
    this.#chosen = 'editor'
  }

  /** Shows the networks that a run was begun with. */
  async showRun(id: string, name: string): Promise<void> {
    this.#chosen = 'run'
    if (this.#run?.id !== id) {
      this.#run = null
      const { configuration } = await this.#settings.of(id)
      this.#run = { id, name, configuration, ids: newLayerIds(configuration.architecture) }
    }
  }

  /** Puts the run's networks into the editor. */
  editCopy(): void {
    if (this.#run !== null) {
      const { name, configuration } = this.#run
      this.editor.open('run', name, configuration)
      this.showEditor()
    }
  }

  examine(language: Language, engine: EngineChoice): void {
    if (this.#configuration !== null) {
      this.examiner.ask({ configuration: this.#configuration, language, engine })
    }
  }

  get isMeasuring(): boolean {
    return this.#isMeasuring
  }

  /** Lets the host measure how fast the engine is, from which times follow. */
  async measure(language: Language, engine: EngineChoice): Promise<void> {
    this.#isMeasuring = true
    try {
      await this.#client.call('model/measure', { engine })
      this.examine(language, engine)
    } finally {
      this.#isMeasuring = false
    }
  }

  /** Makes a repair. It names layers by their positions, so that it is only for the very model that was examined. */
  repair({ repair }: Problem): void {
    if (repair !== null && this.canEdit && this.examiner.isAbout(this.editor.configuration)) {
      this.editor.edit(repair.edits)
    }
  }

  /**
   * Makes all repairs, as one step.
   *
   * @returns what was done, in words; null where the model was changed meanwhile
   */
  async repairAll(language: Language): Promise<readonly string[] | null> {
    const { configuration: asked } = this.editor
    if (asked === null) {
      return null
    }
    const { configuration, applied } = await this.#client.call('model/repairAll', { configuration: asked, language })
    if (this.editor.configuration !== asked) {
      return null
    }
    this.editor.replace(configuration)
    return applied
  }

  /**
   * Puts networks into the editor that are read from texts.
   *
   * @param texts gives them, or says why there are none
   * @param name what to call them
   */
  async import(texts: () => Promise<readonly ModelText[]>, name: string, language: Language): Promise<void> {
    const base = this.editor.configuration
    const imported = base === null ? null : await this.reading.read(texts, base, language)
    if (imported !== null) {
      this.showEditor()
      this.editor.open('file', name, imported)
    }
  }
}
