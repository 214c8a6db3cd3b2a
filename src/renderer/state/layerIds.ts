import type { Architecture } from '../../shared/architecture/architecture'
import type { Edit } from '../../shared/architecture/edits'
import { type Role, roles } from '../../shared/architecture/roles'
import { recordOf } from '../../shared/records'

/** A number for each layer that stays with it while layers are added, moved and renamed around it. */
export type LayerIds = Readonly<Record<Role, readonly number[]>>

let newest = 0
const newId = (): number => ++newest

/** New ids for all layers. */
export const newLayerIds = (architecture: Architecture): LayerIds =>
  recordOf(roles, (role) => architecture[role].map(newId))

const replaced = (ids: readonly number[], position: number, ...others: readonly number[]): readonly number[] => [
  ...ids.slice(0, position),
  ...others,
  ...ids.slice(position + 1)
]

const inserted = (ids: readonly number[], position: number, id: number): readonly number[] => [
  ...ids.slice(0, position),
  id,
  ...ids.slice(position)
]

function followInNetwork(ids: readonly number[], edit: Exclude<Edit, { kind: 'setting' }>): readonly number[] {
  const id = ids[edit.position]
  switch (edit.kind) {
    case 'insert':
      return inserted(ids, edit.position, newId())
    case 'remove':
      return replaced(ids, edit.position)
    case 'move':
      return id === undefined ? ids : inserted(replaced(ids, edit.position), edit.to, id)
    default:
      return ids
  }
}

/** The ids after an edit. */
export const followEdit = (ids: LayerIds, edit: Edit): LayerIds =>
  edit.kind === 'setting' ? ids : { ...ids, [edit.network]: followInNetwork(ids[edit.network], edit) }

/** The ids that still fit an architecture; a network with another number of layers gets new ones. */
export const fittingIds = (ids: LayerIds, architecture: Architecture): LayerIds =>
  recordOf(roles, (role) =>
    ids[role].length === architecture[role].length ? ids[role] : architecture[role].map(newId)
  )
