import { type Role, roles } from '../../../shared/architecture/roles'
import { KwiatError } from '../../../shared/errors'
import type { HostTensor } from '../../../shared/tensor'
import type { ArchitectureAnalysis, NetworkAnalysis } from '../../model/analysis'
import { formatShape, isSameShape } from '../../model/shapes'
import { weightGroups } from '../export/keras/kerasConfig'
import type { ForeignWeight } from './readWeights'

/** Networks that the tensors of a file may belong to. */
const prefixes = ['generator', 'discriminator', 'ema'] as const
type Prefix = (typeof prefixes)[number]

/** The weights of a network that were found, and what does not fit, a line each. */
interface Match {
  /** By `<layer>/<weight>`. */
  readonly weights: ReadonlyMap<string, HostTensor>
  readonly mismatches: readonly string[]
}

export interface MatchedWeights {
  /** By their names in a training state: "generator/dense_1/kernel". */
  readonly state: ReadonlyMap<string, HostTensor>
  /** The networks that were found. */
  readonly networks: readonly Role[]
}

/** So many mismatches are named; a wrong architecture has hundreds. */
const namedMismatches = 12

/**
 * Finds the weights of a file in a run's networks: by the names of layers and weights, or, for files of Keras 3 whose
 * layers are called otherwise, by their kind and order. A network is taken whole or not at all. A file with one network
 * only may leave its name out.
 *
 * @param who the file, for messages
 * @throws KwiatError `weights-mismatch` that names each weight that does not fit, with both shapes
 */
export function matchWeights(
  foreign: readonly ForeignWeight[],
  analysis: ArchitectureAnalysis,
  who: string
): MatchedWeights {
  const parts = partsOf(foreign)
  const found = parts.size === 0 ? matchNameless(foreign, analysis) : matchNamed(parts, analysis)
  const mismatches = found.flatMap(({ prefix, match }) => match.mismatches.map((line) => `${prefix}: ${line}`))
  if (mismatches.length > 0 || found.length === 0) {
    throw mismatch(who, mismatches)
  }
  const state = new Map(
    found.flatMap(({ prefix, match }) =>
      Array.from(match.weights, ([name, tensor]) => [`${prefix}/${name}`, tensor] as const)
    )
  )
  const networks = roles.filter((role) => found.some(({ prefix }) => roleOf(prefix) === role))
  return { state: withAverages(state), networks }
}

const roleOf = (prefix: Prefix): Role => (prefix === 'discriminator' ? 'discriminator' : 'generator')

/** A generator without average is its own, and an average without generator is the newest too. */
function withAverages(state: Map<string, HostTensor>): Map<string, HostTensor> {
  for (const [name, tensor] of [...state]) {
    const other = name.replace(/^(ema|generator)\//, (_, prefix) => (prefix === 'ema' ? 'generator/' : 'ema/'))
    if (!state.has(other)) {
      state.set(other, tensor)
    }
  }
  return state
}

interface Found {
  readonly prefix: Prefix
  readonly match: Match
}

/** The weights of each network whose name stands before them. */
function partsOf(foreign: readonly ForeignWeight[]): Map<Prefix, ForeignWeight[]> {
  const parts = new Map<Prefix, ForeignWeight[]>()
  for (const weight of foreign) {
    const prefix = prefixes.find((candidate) => weight.layer.startsWith(`${candidate}/`))
    if (prefix !== undefined) {
      const inner = { ...weight, layer: weight.layer.slice(prefix.length + 1) }
      parts.set(prefix, [...(parts.get(prefix) ?? []), inner])
    }
  }
  return parts
}

const matchNamed = (parts: ReadonlyMap<Prefix, ForeignWeight[]>, analysis: ArchitectureAnalysis): Found[] =>
  Array.from(parts, ([prefix, weights]) => ({ prefix, match: matchNetwork(weights, analysis[roleOf(prefix)]) }))

/** The one network that fits best, the generator when both do as badly. */
function matchNameless(foreign: readonly ForeignWeight[], analysis: ArchitectureAnalysis): Found[] {
  const candidates = roles.map((prefix) => ({ prefix, match: matchNetwork(foreign, analysis[prefix]) }))
  const [best] = candidates.sort((a, b) => a.match.mismatches.length - b.match.mismatches.length)
  return best === undefined ? [] : [best]
}

function matchNetwork(foreign: readonly ForeignWeight[], network: NetworkAnalysis): Match {
  const layerOf = layerNaming(foreign, network)
  const unused = new Set(foreign)
  const weights = new Map<string, HostTensor>()
  const mismatches: string[] = []
  for (const layer of network.layers) {
    for (const [index, { name, shape }] of layer.weights.entries()) {
      const given = foreign.find(
        (weight) => layerOf(weight) === layer.name && (weight.weight === name || weight.weight === index)
      )
      const wanted = `${layer.name}/${name} ${formatShape(shape)}`
      if (given === undefined) {
        mismatches.push(`${wanted} is not in the file`)
        continue
      }
      unused.delete(given)
      if (!isSameShape(given.tensor.shape, shape) || given.tensor.dtype !== 'float32') {
        mismatches.push(
          `${wanted} is ${given.path} ${given.tensor.dtype} ${formatShape(given.tensor.shape)} in the file`
        )
      } else {
        weights.set(`${layer.name}/${name}`, given.tensor)
      }
    }
  }
  for (const { path, tensor } of unused) {
    mismatches.push(`${path} ${formatShape(tensor.shape)} of the file has no place`)
  }
  return { weights, mismatches }
}

/** The studio's name of the layer that a weight belongs to. */
function layerNaming(foreign: readonly ForeignWeight[], { inputShapes, layers }: NetworkAnalysis) {
  const names = new Set(layers.map(({ name }) => name))
  if (foreign.every(({ layer }) => names.has(layer))) {
    return ({ layer }: ForeignWeight) => layer
  }
  const inputs = [...inputShapes.keys()].map((name) => ({ name, type: 'InputLayer' }))
  const groups = weightGroups([...inputs, ...layers.map(({ name, spec }) => ({ name, type: spec.type }))])
  const byGroup = new Map(Array.from(groups, ([name, group]) => [group, name]))
  return ({ layer, group }: ForeignWeight) => (group === null ? layer : byGroup.get(group)) ?? layer
}

function mismatch(who: string, lines: readonly string[]): KwiatError {
  const named = lines.slice(0, namedMismatches).join('; ')
  const rest = lines.length > namedMismatches ? `; and ${lines.length - namedMismatches} more` : ''
  return new KwiatError('weights-mismatch', {
    who,
    expected: 'the weights of the run’s networks, each of its shape',
    actual: lines.length === 0 ? 'no weights' : `${named}${rest}`,
    todo: 'choose the architecture that the weights were trained in'
  })
}
