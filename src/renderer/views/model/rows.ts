import { layerNames } from '../../../shared/architecture/layerNames'
import type { LayerSpec } from '../../../shared/architecture/layers'
import type { Problem } from '../../../shared/architecture/problems'
import type { Role } from '../../../shared/architecture/roles'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import type { LayerCard, ModelExamination } from '../../../shared/contract/model'
import { type LanePart, lanesOf } from './lanes'

/** One layer as its card shows it. */
export interface LayerRow {
  readonly id: number
  readonly position: number
  readonly name: string
  readonly layer: LayerSpec
  /** What was found out about it; null until that is there. */
  readonly card: LayerCard | null
  readonly problems: readonly Problem[]
  /** Names of what it reads. */
  readonly inputs: readonly string[]
  /** True where it reads what stands just above it. */
  readonly readsAbove: boolean
  readonly lanes: readonly LanePart[]
}

/** What the first layer reads. */
const networkInput = 'input'

/** A row for each name; -1 stands for the input above the first. */
const rowOf = (names: readonly string[], name: string): number | null => {
  const position = names.indexOf(name)
  return position >= 0 ? position : name === networkInput ? -1 : null
}

/** Connections that skip a card. Row 0 of the lanes is the network's input. */
function skippingEdges(names: readonly string[], inputs: readonly (readonly string[])[]) {
  return inputs.flatMap((read, position) =>
    read.flatMap((name) => {
      const from = rowOf(names, name)
      return from === null || from >= position - 1 ? [] : [{ from: from + 1, to: position + 1 }]
    })
  )
}

/** Lanes beside the network's input, then those beside each card; and the cards. */
export interface NetworkRows {
  readonly inputLanes: readonly LanePart[]
  readonly laneCount: number
  readonly rows: readonly LayerRow[]
}

/**
 * The cards of a network. Layers and names are those of the configuration, also while what was found out about them is
 * about the one before.
 */
export function networkRows(
  { architecture }: RunConfiguration,
  role: Role,
  ids: readonly number[],
  examination: ModelExamination | null
): NetworkRows {
  const layers = architecture[role]
  const names = layerNames(layers)
  const inputs = layers.map((layer, i) => layer.inputs ?? [names[i - 1] ?? networkInput])
  const lanes = lanesOf(layers.length + 1, skippingEdges(names, inputs))
  const cards = new Map(examination?.[role].cards.map((card) => [card.name, card]))
  const rows = layers.map((layer, position) => {
    const name = names[position] ?? ''
    const card = cards.get(name) ?? null
    const above = names[position - 1] ?? networkInput
    return {
      id: ids[position] ?? -position - 1,
      position,
      name,
      layer,
      card,
      problems: card?.problems.flatMap((index) => examination?.problems[index] ?? []) ?? [],
      inputs: inputs[position] ?? [],
      readsAbove: inputs[position]?.includes(above) === true,
      lanes: lanes[position + 1] ?? []
    }
  })
  return {
    inputLanes: lanes[0] ?? [],
    laneCount: Math.max(0, ...lanes.flat().map(({ lane }) => lane + 1)),
    rows
  }
}

/** The largest side of all pictures that pass through both networks, in pixels. */
export function largestSide({ architecture }: RunConfiguration, examination: ModelExamination | null): number {
  const shapes = [examination?.generator, examination?.discriminator].flatMap(
    (network) => network?.cards.map(({ outputShape }) => outputShape) ?? []
  )
  const sides = shapes.flatMap((shape) => (shape?.length === 3 ? shape.slice(0, 2) : []))
  return Math.max(architecture.pictureSize, ...sides)
}
