import type { LayerSpec } from '../../shared/architecture/layers'
import { KwiatError } from '../../shared/errors'

/** Names under which a network's layers read what is given to the network. */
export const networkInputs = ['input', 'label'] as const
export type NetworkInput = (typeof networkInputs)[number]

export type Role = 'generator' | 'discriminator'

/** A layer with its final name and the names of what it reads: earlier layers or the network's inputs. */
export interface WiredLayer {
  readonly name: string
  readonly spec: LayerSpec
  readonly inputs: readonly string[]
}

/** A layer for messages, as "generator, layer conv2d_1 (Conv2D)". */
export const describeLayer = (role: Role, name: string, spec: LayerSpec): string =>
  `${role}, layer ${name} (${spec.type})`

/** Keras' rule: Conv2DTranspose → conv2d_transpose, LeakyReLU → leaky_re_lu. */
const toSnakeCase = (type: string): string =>
  type
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()

/** Keras' names: dense, dense_1, dense_2 …; a name that the user gave to another layer is passed over. */
function nameLayers(role: Role, layers: readonly LayerSpec[]): readonly string[] {
  const given = layers.flatMap(({ name }) => name ?? [])
  const taken = new Set<string>([...networkInputs, ...given])
  const counts = new Map<string, number>()
  const automatic = (type: string): string => {
    const base = toSnakeCase(type)
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    const name = count === 0 ? base : `${base}_${count}`
    return taken.has(name) ? automatic(type) : name
  }
  const names = layers.map(({ name, type }) => name ?? automatic(type))
  names.forEach((name, position) => {
    const isReserved = networkInputs.some((input) => input === name)
    if (isReserved || names.indexOf(name) < position) {
      throw new KwiatError('architecture-invalid', {
        who: describeLayer(role, name, layers[position]!),
        expected: 'a name of its own',
        actual: isReserved ? 'the name of a network input' : 'the name of an earlier layer',
        todo: 'give it another name or none'
      })
    }
  })
  return names
}

function checkInputs(role: Role, { name, spec, inputs }: WiredLayer, known: readonly string[]): void {
  const unknown = inputs.find((input) => !known.includes(input))
  if (unknown !== undefined) {
    throw new KwiatError('architecture-invalid', {
      who: describeLayer(role, name, spec),
      expected: `inputs among ${known.join(', ')}`,
      actual: unknown,
      todo: 'name the network’s input or layers that stand before it'
    })
  }
}

/** Each output but the last must be read, or its layer would never learn anything. */
function checkAllRead(role: Role, layers: readonly WiredLayer[]): void {
  const read = new Set(layers.flatMap(({ inputs }) => inputs))
  const unread = layers.slice(0, -1).find(({ name }) => !read.has(name))
  if (unread !== undefined) {
    throw new KwiatError('architecture-invalid', {
      who: describeLayer(role, unread.name, unread.spec),
      expected: 'a later layer that reads its output',
      actual: 'none',
      todo: 'name it in the inputs of a later layer or remove it'
    })
  }
}

/**
 * Names every layer and resolves what each one reads: the layer before it unless its `inputs` say otherwise.
 *
 * @param given the network's inputs that exist, "input" first
 * @throws KwiatError `architecture-invalid` for a name used twice, an unknown input, or an output that nobody reads
 */
export function wireLayers(
  role: Role,
  layers: readonly LayerSpec[],
  given: readonly NetworkInput[]
): readonly WiredLayer[] {
  const names = nameLayers(role, layers)
  const wired = layers.map((spec, position) => ({
    name: names[position]!,
    spec,
    inputs: spec.inputs ?? [names[position - 1] ?? 'input']
  }))
  wired.forEach((layer, position) => {
    checkInputs(role, layer, [...given, ...names.slice(0, position)])
  })
  checkAllRead(role, wired)
  return wired
}
