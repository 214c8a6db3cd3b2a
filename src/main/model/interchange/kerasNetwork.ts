import { isNetworkInput, toSnakeCase } from '../../../shared/architecture/layerNames'
import { type LayerSpec, layerSchema } from '../../../shared/architecture/layers'
import type { Role } from '../../../shared/architecture/roles'
import { toLayers, type WireNode } from '../../../shared/architecture/wires'
import { type Note, type UnknownLayer, unreadable } from './imported'
import { readKerasFields } from './kerasFields'
import { type KerasLayer, type KerasModel, kerasLayerSchema, namesRead, toKerasModel } from './kerasSchemas'

/** A network that was read, and what is to be said about it. */
export interface ReadNetwork {
  readonly layers: LayerSpec[]
  readonly notes: readonly Note[]
  readonly unknownLayers: readonly UnknownLayer[]
}

/** Models in models in models: more than anybody writes. */
const maxNesting = 8

const nameOf = ({ name, config }: KerasLayer): string => name ?? config.name ?? ''

/** Names that Keras gave by itself, as "conv2d_7", say nothing; the others are kept where Kwiat takes them. */
function ownName(spec: LayerSpec, name: string, className: string): string | undefined {
  const base = toSnakeCase(className)
  const rest = name.startsWith(base) ? name.slice(base.length) : undefined
  const isAutomatic = rest !== undefined && /^(_\d+)?$/.test(rest)
  const isTaken = isNetworkInput(name) || !layerSchema.safeParse({ ...spec, name }).success
  return isAutomatic || isTaken ? undefined : name
}

/** Reads the layers of one network; a layer at a time, each by what it reads. */
class NetworkReader {
  readonly #who: string
  readonly #role: Role
  readonly notes: Note[] = []
  readonly unknownLayers: UnknownLayer[] = []

  constructor(who: string, role: Role) {
    this.#who = who
    this.#role = role
  }

  /**
   * The nodes of a model that reads `input`, in an order in which each reads only what stands before it.
   *
   * @returns the nodes, and what the model gives
   */
  readModel(model: KerasModel, input: WireNode | string, depth = 0): { nodes: WireNode[]; output: WireNode | string } {
    if (depth > maxNesting) {
      throw unreadable(this.#who, `models nested at most ${maxNesting} deep`, 'more', 'choose another file')
    }
    const nodes: WireNode[] = []
    const outputs = new Map<string, WireNode | string>()
    let last: WireNode | string = input
    for (const layer of ordered(model)) {
      const names = readBy(layer, model)
      const sources = names.length === 0 ? [last] : names.map((name) => outputs.get(name) ?? last)
      last = layer.class_name === 'InputLayer' ? input : this.#readLayer(layer, sources, nodes, depth)
      outputs.set(nameOf(layer), last)
    }
    return { nodes, output: (model.output === undefined ? undefined : outputs.get(model.output)) ?? last }
  }

  #note(layer: string | null, en: string, pl: string): void {
    this.notes.push({ network: this.#role, layer, text: { en, pl } })
  }

  #readLayer(layer: KerasLayer, sources: WireNode['reads'], nodes: WireNode[], depth: number): WireNode | string {
    const [first = 'input'] = sources
    const nested = toKerasModel(layer)
    if (nested !== null) {
      const read = this.readModel(nested, first, depth + 1)
      nodes.push(...read.nodes)
      return read.output
    }
    const read = readKerasFields(layer.class_name, layer.config)
    if (read === null) {
      return this.#readUnknown(layer, sources, nodes, depth)
    }
    for (const { en, pl } of read.lost) {
      this.#note(nameOf(layer), en, pl)
    }
    const node: WireNode = { spec: this.#check(layer, { type: read.type, ...read.fields }), reads: sources }
    nodes.push(node)
    if (read.activation === undefined) {
      return node
    }
    const activation: WireNode = { spec: layerSchema.parse(read.activation), reads: [node] }
    nodes.push(activation)
    return activation
  }

  /** A layer that Kwiat does not have is left out; of one that wraps another, as SpectralNormalization, that one is read. */
  #readUnknown(layer: KerasLayer, sources: WireNode['reads'], nodes: WireNode[], depth: number): WireNode | string {
    this.unknownLayers.push({ network: this.#role, name: nameOf(layer), type: layer.class_name })
    const wrapped = kerasLayerOf(layer.config.layer)
    if (wrapped === null) {
      return sources[0] ?? 'input'
    }
    if (depth >= maxNesting) {
      throw unreadable(this.#who, `layers nested at most ${maxNesting} deep`, 'more', 'choose another file')
    }
    return this.#readLayer(wrapped, sources, nodes, depth + 1)
  }

  /** @throws KwiatError `model-unreadable` that names the layer and the field */
  #check(layer: KerasLayer, fields: object): LayerSpec {
    const name = nameOf(layer)
    const parsed = layerSchema.safeParse(fields)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const path = issue?.path.join('.') ?? ''
      throw unreadable(
        `${this.#who}, layer ${name.slice(0, 64)} (${layer.class_name})`,
        `fields that a ${layer.class_name} of Kwiat can have`,
        path === '' ? 'others' : `another ${path} (${issue?.message ?? 'not valid'})`,
        'change it in the program that wrote the file, or choose another file'
      )
    }
    const own = ownName(parsed.data, name, layer.class_name)
    return own === undefined ? parsed.data : { ...parsed.data, name: own }
  }
}

const kerasLayerOf = (value: unknown): KerasLayer | null => {
  const parsed = kerasLayerSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** What a layer of a functional model reads; nothing for a sequential one, whose layers read the one before. */
const readBy = ({ inbound_nodes: nodes }: KerasLayer, model: KerasModel): readonly string[] =>
  model.class === 'Sequential' ? [] : namesRead(nodes?.[0])

/**
 * A functional model's layers so that each stands behind what it reads, and only those on which the output depends; a
 * sequential one's as they are.
 */
function ordered(model: KerasModel): readonly KerasLayer[] {
  if (model.class === 'Sequential') {
    return model.layers
  }
  const byName = new Map(model.layers.map((layer) => [nameOf(layer), layer]))
  const done = new Set<KerasLayer>()
  const begun = new Set<KerasLayer>()
  const result: KerasLayer[] = []
  const last = byName.get(model.output ?? '') ?? model.layers.at(-1)
  const waiting = last === undefined ? [] : [last]
  for (let layer = waiting.at(-1); layer !== undefined; layer = waiting.at(-1)) {
    if (begun.has(layer)) {
      waiting.pop()
      if (!done.has(layer)) {
        done.add(layer)
        result.push(layer)
      }
    } else {
      begun.add(layer)
      const needed = readBy(layer, model).flatMap((name) => byName.get(name) ?? [])
      // What was begun already is done, or reads itself by some way round; that wire is cut.
      waiting.push(...needed.filter((other) => !begun.has(other)).toReversed())
    }
  }
  return result
}

const isSigmoid = ({ spec }: WireNode): boolean => 'activation' in spec && spec.activation === 'sigmoid'

/** The nodes without the sigmoid at a discriminator's end; null where there is none. */
function withoutSigmoid(nodes: readonly WireNode[], output: WireNode | string): readonly WireNode[] | null {
  if (typeof output === 'string' || !isSigmoid(output)) {
    return null
  }
  if (output.spec.type === 'Activation' && nodes.at(-1) === output && nodes.length > 1) {
    return nodes.slice(0, -1)
  }
  output.spec = layerSchema.parse({ ...output.spec, activation: 'linear' })
  return nodes
}

const sigmoidNote: Note = {
  network: 'discriminator',
  layer: null,
  text: {
    en: 'The sigmoid at its end was taken off: Kwiat’s loss takes logits and applies it itself.',
    pl: 'Sigmoida na końcu została zdjęta: strata w Kwiecie przyjmuje logity i sama ją stosuje.'
  }
}

/**
 * The network that a model of Keras describes.
 *
 * @param who names the file in messages
 * @throws KwiatError `model-unreadable` that names the layer
 */
export function readKerasNetwork(who: string, role: Role, model: KerasModel): ReadNetwork {
  const reader = new NetworkReader(who, role)
  const { nodes, output } = reader.readModel(model, 'input')
  const logits = role === 'discriminator' ? withoutSigmoid(nodes, output) : null
  return {
    layers: toLayers(logits ?? nodes),
    notes: [...reader.notes, ...(logits === null ? [] : [sigmoidNote]), ...frozenNotes(role, model)],
    unknownLayers: reader.unknownLayers
  }
}

/** The seed notebook's third mistake: `trainable = False` with a comment that says the opposite of what it does. */
function frozenNotes(network: Role, model: KerasModel): readonly Note[] {
  const layers = model.layers.filter(({ class_name }) => class_name !== 'InputLayer')
  const frozen = layers.filter(({ config }) => config.trainable === false)
  if (model.isFrozen || frozen.length === layers.length) {
    return [{ network, layer: null, text: frozenNetwork }]
  }
  return frozen.map((layer) => ({ network, layer: nameOf(layer), text: frozenLayer }))
}

const frozenNetwork = {
  en: 'It is frozen: trainable = False disables learning. Kwiat freezes the discriminator in the generator’s update by itself, and both networks learn in their own.',
  pl: 'Jest zamrożona: trainable = False wyłącza uczenie. Kwiat sam zamraża dyskryminator na czas aktualizacji generatora, a w swojej aktualizacji uczy się każda z sieci.'
}

const frozenLayer = {
  en: 'It is frozen: trainable = False disables learning. In Kwiat it learns like the others.',
  pl: 'Jest zamrożona: trainable = False wyłącza uczenie. W Kwiecie uczy się jak pozostałe.'
}
