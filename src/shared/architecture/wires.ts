import { layerNames } from './layerNames'
import type { LayerSpec } from './layers'

/**
 * A layer that knows what it reads by itself, not by name, so that layers can be added, moved and renamed around it. A
 * text stands for a network's input, or for a name that no layer has.
 */
export interface WireNode {
  spec: LayerSpec
  reads: readonly (WireNode | string)[]
}

/** What a layer reads when it says nothing: the layer before it, or the network's input. */
export const nodeBefore = (nodes: readonly WireNode[], position: number): WireNode | string =>
  nodes[position - 1] ?? 'input'

/** The layers as nodes; each reads the layer before it unless its `inputs` say otherwise. */
export function toNodes(layers: readonly LayerSpec[]): WireNode[] {
  const nodes: WireNode[] = layers.map((spec) => ({ spec, reads: [] }))
  const named = new Map(layerNames(layers).map((name, position) => [name, nodes[position]!]))
  nodes.forEach((node, position) => {
    node.reads = node.spec.inputs?.map((name) => named.get(name) ?? name) ?? [nodeBefore(nodes, position)]
  })
  return nodes
}

/** What a node would read by the names in `inputs`. */
export const sourcesOf = (nodes: readonly WireNode[], inputs: readonly string[]): WireNode['reads'] => {
  const names = layerNames(nodes.map(({ spec }) => spec))
  return inputs.map((name) => nodes[names.indexOf(name)] ?? name)
}

/** The layer with these instead of its own name and inputs; undefined leaves one out. */
function withWires(spec: LayerSpec, name: string | undefined, inputs: string[] | undefined): LayerSpec {
  const layer = { ...spec }
  delete layer.name
  delete layer.inputs
  return Object.assign(layer, name === undefined ? {} : { name }, inputs === undefined ? {} : { inputs })
}

/**
 * The nodes as layers again: `inputs` only where a layer reads something else than the one before it, and a fixed name
 * for every layer that is read by name.
 */
export function toLayers(nodes: readonly WireNode[]): LayerSpec[] {
  const isPlain = ({ reads }: WireNode, position: number) =>
    reads.length === 1 && reads[0] === nodeBefore(nodes, position)
  const readByName = new Set(nodes.flatMap((node, position) => (isPlain(node, position) ? [] : node.reads)))
  const names = new Map(layerNames(nodes.map(({ spec }) => spec)).map((name, position) => [nodes[position]!, name]))
  const nameOf = (source: WireNode | string) => (typeof source === 'string' ? source : (names.get(source) ?? ''))
  return nodes.map((node, position) =>
    withWires(
      node.spec,
      node.spec.name ?? (readByName.has(node) ? nameOf(node) : undefined),
      isPlain(node, position) ? undefined : node.reads.map(nameOf)
    )
  )
}
