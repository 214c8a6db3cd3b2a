import type { LayerSpec } from './layers'

/** Names under which a network's layers read what is given to the network. */
export const networkInputs = ['input', 'label'] as const
export type NetworkInput = (typeof networkInputs)[number]

export const isNetworkInput = (name: string): name is NetworkInput => networkInputs.some((input) => input === name)

/** Keras' rule: Conv2DTranspose → conv2d_transpose, LeakyReLU → leaky_re_lu. */
export const toSnakeCase = (type: string): string =>
  type
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()

/**
 * The name of each layer: its own, or Keras' automatic one, dense, dense_1, dense_2 …, which passes over names that the
 * user gave. A name that is a network input's or an earlier layer's gives way to an automatic one, so that all differ.
 */
export function layerNames(layers: readonly LayerSpec[]): readonly string[] {
  const taken = new Set<string>([...networkInputs, ...layers.flatMap(({ name }) => name ?? [])])
  const used = new Set<string>(networkInputs)
  const counts = new Map<string, number>()
  const automatic = (type: string): string => {
    const base = toSnakeCase(type)
    for (;;) {
      const count = counts.get(base) ?? 0
      counts.set(base, count + 1)
      const name = count === 0 ? base : `${base}_${count}`
      if (!taken.has(name)) {
        return name
      }
    }
  }
  return layers.map(({ name, type }) => {
    const own = name === undefined || used.has(name) ? automatic(type) : name
    used.add(own)
    return own
  })
}
