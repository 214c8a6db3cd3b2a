import { z } from 'zod'
import { applyEdit, type Edit } from '../../shared/architecture/edits'
import type { LayerSpec } from '../../shared/architecture/layers'
import { type Role, roles } from '../../shared/architecture/roles'
import { type RunConfiguration, runConfigurationSchema } from '../../shared/config/runConfiguration'
import { beginHistory, type History, record, redo, settle, undo } from './history'
import { fittingIds, followEdit, type LayerIds, newLayerIds } from './layerIds'
import { recall, remember } from './remembered'

const originKinds = ['preset', 'run', 'file', 'draft'] as const
type OriginKind = (typeof originKinds)[number]

/** What an edited model began as, and what "reset" goes back to. */
export interface ModelOrigin {
  readonly kind: OriginKind
  /** Of the preset, the run or the file. */
  readonly name: string
  readonly configuration: RunConfiguration
  readonly ids: LayerIds
}

interface Version {
  readonly configuration: RunConfiguration
  readonly ids: LayerIds
  readonly origin: ModelOrigin
}

const rememberedAs = 'model'
const rememberedSchema = z
  .object({
    configuration: runConfigurationSchema,
    origin: z.object({ kind: z.enum(originKinds), name: z.string(), configuration: runConfigurationSchema })
  })
  .nullable()

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Both networks being edited, with all that decides a run; kept when the window is closed. */
export class ModelEditor {
  #history: History<Version> | null = $state.raw(null)
  readonly #present = $derived(this.#history?.present ?? null)
  readonly #isChanged = $derived(
    this.#present !== null && !isSame(this.#present.configuration, this.#present.origin.configuration)
  )

  constructor() {
    const found = recall(rememberedAs, rememberedSchema, null)
    if (found !== null) {
      const { configuration, origin } = found
      const originIds = newLayerIds(origin.configuration.architecture)
      const ids = fittingIds(originIds, configuration.architecture)
      this.#history = beginHistory({ configuration, ids, origin: { ...origin, ids: originIds } })
    }
  }

  /** Null until a model was opened. */
  get configuration(): RunConfiguration | null {
    return this.#present?.configuration ?? null
  }

  get ids(): LayerIds {
    return this.#present?.ids ?? { generator: [], discriminator: [] }
  }

  get origin(): ModelOrigin | null {
    return this.#present?.origin ?? null
  }

  /** True where it differs from what it began as. */
  get isChanged(): boolean {
    return this.#isChanged
  }

  get canUndo(): boolean {
    return (this.#history?.past.length ?? 0) > 0
  }

  get canRedo(): boolean {
    return (this.#history?.future.length ?? 0) > 0
  }

  /** Begins with another model; undoing goes back to the one before. */
  open(kind: OriginKind, name: string, configuration: RunConfiguration): void {
    const ids = newLayerIds(configuration.architecture)
    this.#put({ configuration, ids, origin: { kind, name, configuration, ids } }, null)
  }

  /**
   * Changes the model by edits, as one step.
   *
   * @param topic changes about the same one become one step, until `settle`
   * @throws KwiatError `configuration-invalid` where the result is none, as a network without layers
   */
  edit(edits: readonly Edit[], topic: string | null = null): void {
    const version = this.#present
    if (version !== null) {
      const configuration = edits.reduce(applyEdit, version.configuration)
      const followed = edits.reduce(followEdit, version.ids)
      this.#put({ ...version, configuration, ids: fittingIds(followed, configuration.architecture) }, topic)
    }
  }

  /** Takes the model as something else changed it, as one step. */
  replace(configuration: RunConfiguration): void {
    const version = this.#present
    if (version !== null) {
      this.#put({ ...version, configuration, ids: fittingIds(version.ids, configuration.architecture) }, null)
    }
  }

  /** The model stays; what it began as is now itself, under a name. */
  saveAs(name: string, configuration: RunConfiguration): void {
    const { ids } = this
    this.#put({ configuration, ids, origin: { kind: 'preset', name, configuration, ids } }, null)
  }

  /** Goes back to what the model began as; can be undone. */
  reset(): void {
    const version = this.#present
    if (version !== null && this.#isChanged) {
      const { configuration, ids } = version.origin
      this.#put({ ...version, configuration, ids }, null)
    }
  }

  undo(): void {
    this.#take(this.#history === null ? null : undo(this.#history))
  }

  redo(): void {
    this.#take(this.#history === null ? null : redo(this.#history))
  }

  /** The next change is a step of its own. */
  settle(): void {
    this.#history = this.#history === null ? null : settle(this.#history)
  }

  /** The layer with this id in what the model began as; null for one that came later. */
  originalLayer(id: number): LayerSpec | null {
    const { origin } = this
    const layers = roles.flatMap((role: Role) => {
      const position = origin?.ids[role].indexOf(id) ?? -1
      return origin?.configuration.architecture[role][position] ?? []
    })
    return layers[0] ?? null
  }

  #put(version: Version, topic: string | null): void {
    const history = this.#history
    if (history === null || !isSame(version, history.present)) {
      this.#take(history === null ? beginHistory(version) : record(history, version, topic))
    }
  }

  #take(history: History<Version> | null): void {
    this.#history = history
    if (history !== null) {
      const { configuration, origin } = history.present
      const { kind, name } = origin
      remember(rememberedAs, { configuration, origin: { kind, name, configuration: origin.configuration } })
    }
  }
}
