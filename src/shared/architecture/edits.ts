import { z } from 'zod'
import { parseRunConfiguration } from '../config/parse'
import type { RunConfiguration } from '../config/runConfiguration'
import { withValue } from '../config/settings'
import { dispatch } from '../dispatch'
import { type LayerSpec, layerSchema } from './layers'
import { type Role, roleSchema } from './roles'
import { nodeBefore, sourcesOf, toLayers, toNodes, type WireNode } from './wires'

const position = z.int().min(0).max(199)

/**
 * A change of a run's configuration as data: of a layer, which is named by its network and its position in it, or of
 * any other setting. Repairs are made of these; so is all that an editor does.
 */
export const editSchema = z.discriminatedUnion('kind', [
  /** Puts a layer in front of the one at `position`, or at the end. */
  z.strictObject({ kind: z.literal('insert'), network: roleSchema, position, layer: layerSchema }),
  /** Takes a layer out; what read it reads what it read (the first, where that is several). */
  z.strictObject({ kind: z.literal('remove'), network: roleSchema, position }),
  /** Takes a layer out and puts it where `to` is afterwards its position. */
  z.strictObject({ kind: z.literal('move'), network: roleSchema, position, to: position }),
  /** Puts another layer in the place of one; it reads the same unless it names inputs of its own. */
  z.strictObject({ kind: z.literal('replace'), network: roleSchema, position, layer: layerSchema }),
  /** Sets one field of a layer; null takes an optional one away. Layers that read a renamed one follow. */
  z.strictObject({
    kind: z.literal('field'),
    network: roleSchema,
    position,
    field: z.string().min(1).max(64),
    value: z.json()
  }),
  /** Sets anything else, as `loss.labelNoise` or `architecture.pictureSize`. */
  z.strictObject({
    kind: z.literal('setting'),
    path: z.array(z.string().min(1).max(64)).min(1).max(8),
    value: z.json()
  })
])
export type Edit = z.infer<typeof editSchema>
type EditOf<Kind extends Edit['kind']> = Extract<Edit, { kind: Kind }>

const replaced = <Item>(items: readonly Item[], position: number, ...others: readonly Item[]): Item[] => [
  ...items.slice(0, position),
  ...others,
  ...items.slice(position + 1)
]

/** Lets `node` read `to` wherever it read `from`. */
function rewire(node: WireNode | undefined, from: WireNode | string, to: WireNode | string): void {
  if (node !== undefined) {
    node.reads = node.reads.map((source) => (source === from ? to : source))
  }
}

/** Puts a node between the one before `position` and the one at it, where these are joined. */
function splice(nodes: readonly WireNode[], position: number, node: WireNode): WireNode[] {
  const before = nodeBefore(nodes, position)
  rewire(nodes[position], before, node)
  return [...nodes.slice(0, position), node, ...nodes.slice(position)]
}

function insertLayer(layers: readonly LayerSpec[], position: number, layer: LayerSpec): LayerSpec[] {
  const nodes = toNodes(layers)
  const reads = layer.inputs === undefined ? [nodeBefore(nodes, position)] : sourcesOf(nodes, layer.inputs)
  return toLayers(splice(nodes, position, { spec: layer, reads }))
}

function removeLayer(layers: readonly LayerSpec[], position: number): LayerSpec[] {
  const nodes = toNodes(layers)
  const gone = nodes[position]
  if (gone === undefined) {
    return [...layers]
  }
  for (const node of nodes) {
    rewire(node, gone, gone.reads[0] ?? 'input')
  }
  return toLayers(replaced(nodes, position))
}

function moveLayer(layers: readonly LayerSpec[], position: number, to: number): LayerSpec[] {
  const nodes = toNodes(layers)
  const moved = nodes[position]
  if (moved === undefined) {
    return [...layers]
  }
  const before = nodeBefore(nodes, position)
  const isPlain = moved.reads.length === 1 && moved.reads[0] === before
  rewire(nodes[position + 1], moved, moved.reads[0] ?? 'input')
  const others = replaced(nodes, position)
  moved.reads = isPlain ? [nodeBefore(others, to)] : moved.reads
  return toLayers(splice(others, to, moved))
}

function replaceLayer(layers: readonly LayerSpec[], position: number, layer: LayerSpec): LayerSpec[] {
  const nodes = toNodes(layers)
  const node = nodes[position]
  if (node === undefined) {
    return [...layers]
  }
  const reads = layer.inputs === undefined ? node.reads : sourcesOf(nodes, layer.inputs)
  node.spec = layer
  node.reads = reads
  return toLayers(nodes)
}

/** @throws z.ZodError where the value is not one that the field may have */
function setLayerField(
  layers: readonly LayerSpec[],
  position: number,
  field: string,
  value: z.core.util.JSONType
): LayerSpec[] {
  const layer = layers[position]
  if (layer === undefined) {
    return [...layers]
  }
  const others = Object.fromEntries(Object.entries(layer).filter(([name]) => name !== field && name !== 'inputs'))
  const changed = layerSchema.parse(value === null ? others : { ...others, [field]: value })
  return field === 'inputs' && value === null
    ? replaced(layers, position, changed)
    : replaceLayer(layers, position, changed)
}

type LayerEdit = Exclude<Edit, { kind: 'setting' }>

const layerEdits: {
  readonly [Kind in LayerEdit['kind']]: (edit: EditOf<Kind>) => (layers: readonly LayerSpec[]) => LayerSpec[]
} = {
  insert:
    ({ position, layer }) =>
    (layers) =>
      insertLayer(layers, position, layer),
  remove:
    ({ position }) =>
    (layers) =>
      removeLayer(layers, position),
  move:
    ({ position, to }) =>
    (layers) =>
      moveLayer(layers, position, to),
  replace:
    ({ position, layer }) =>
    (layers) =>
      replaceLayer(layers, position, layer),
  field:
    ({ position, field, value }) =>
    (layers) =>
      setLayerField(layers, position, field, value)
}

function withLayers(configuration: RunConfiguration, network: Role, layers: LayerSpec[]): RunConfiguration {
  return { ...configuration, architecture: { ...configuration.architecture, [network]: layers } }
}

/**
 * The configuration after an edit; the one given stays as it is. A position that no layer has changes nothing.
 *
 * @throws KwiatError `configuration-invalid` where the result is no configuration, as one without any layers
 */
export function applyEdit(configuration: RunConfiguration, edit: Edit): RunConfiguration {
  if (edit.kind === 'setting') {
    return parseRunConfiguration(withValue(configuration, edit.path, edit.value))
  }
  const apply = dispatch<'kind', LayerEdit, (layers: readonly LayerSpec[]) => LayerSpec[]>('kind', layerEdits, edit)
  const { network } = edit
  return parseRunConfiguration(withLayers(configuration, network, apply(configuration.architecture[network])))
}

/** The configuration after several edits, one after the other. */
export const applyEdits = (configuration: RunConfiguration, edits: readonly Edit[]): RunConfiguration =>
  edits.reduce(applyEdit, configuration)
