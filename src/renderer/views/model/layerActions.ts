import type { Edit } from '../../../shared/architecture/edits'
import type { LayerSpec, LayerType } from '../../../shared/architecture/layers'
import type { Problem } from '../../../shared/architecture/problems'
import type { LayerRow } from './rows'

/** What one can do with the layers of a network that is edited. */
export interface LayerActions {
  /** Several edits as one step. */
  edit(edits: readonly Edit[]): void
  setField(row: LayerRow, field: string, value: unknown): void
  insert(position: number, type: LayerType): void
  move(row: LayerRow, to: number): void
  duplicate(row: LayerRow): void
  remove(row: LayerRow): void
  repair(problem: Problem): void
  /** The next change is a step of its own. */
  settle(): void
  /** The layer as it was before all edits; null for one that was added. */
  original(id: number): LayerSpec | null
}
