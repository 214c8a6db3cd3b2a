import type { Architecture } from '../../shared/architecture/architecture'
import type { NetworkInput } from '../../shared/architecture/layerNames'
import type { LayerSpec } from '../../shared/architecture/layers'
import type { Role } from '../../shared/architecture/roles'
import { KwiatError } from '../../shared/errors'
import { findMisfits } from './checks/buildChecks'
import {
  examineArchitecture,
  examineNetwork,
  type LayerExamination,
  type NetworkExamination,
  parametersOf
} from './examination'
import type { Finding } from './finding'
import type { WeightSpec } from './layerRules'
import type { Shape } from './shapes'
import type { WiredLayer } from './wiring'

/** A layer and all that follows from its fields and its inputs. Shapes are without the batch dimension. */
export interface LayerAnalysis extends WiredLayer {
  readonly inputShapes: readonly Shape[]
  readonly outputShape: Shape
  readonly weights: readonly WeightSpec[]
  /** Numbers in its weights, statistics included. */
  readonly parameters: number
  readonly trainableParameters: number
  /** Multiplications with a weight in one forward pass of one picture. */
  readonly multiplyAdds: number
}

export interface NetworkAnalysis {
  readonly role: Role
  readonly inputShapes: ReadonlyMap<NetworkInput, Shape>
  readonly outputShape: Shape
  readonly layers: readonly LayerAnalysis[]
  readonly parameters: number
  readonly trainableParameters: number
  readonly multiplyAdds: number
}

export interface ArchitectureAnalysis {
  readonly generator: NetworkAnalysis
  readonly discriminator: NetworkAnalysis
}

const sumOf = <Key extends string>(items: readonly Readonly<Record<Key, number>>[], key: Key): number =>
  items.reduce((sum, item) => sum + item[key], 0)

/** The layer, of which all is known. */
function toAnalysis({ name, spec, inputs, ...known }: LayerExamination): LayerAnalysis {
  const { inputShapes, outputShape, weights, multiplyAdds } = known
  const shapes = inputShapes.flatMap((shape) => (shape === null ? [] : [shape]))
  if (outputShape === null || weights === null || multiplyAdds === null || shapes.length < inputs.length) {
    throw new Error(`${name}: expected a layer that fits, got one with unknown shapes`)
  }
  return {
    name,
    spec,
    inputs,
    inputShapes: shapes,
    outputShape,
    weights,
    parameters: parametersOf(weights),
    trainableParameters: parametersOf(weights.filter(({ trainable }) => trainable)),
    multiplyAdds
  }
}

/** The network, which fits together. */
function toNetworkAnalysis({ role, inputShapes, layers }: NetworkExamination): NetworkAnalysis {
  const analyses = layers.map(toAnalysis)
  return {
    role,
    inputShapes,
    outputShape: analyses.at(-1)!.outputShape,
    layers: analyses,
    parameters: sumOf(analyses, 'parameters'),
    trainableParameters: sumOf(analyses, 'trainableParameters'),
    multiplyAdds: sumOf(analyses, 'multiplyAdds')
  }
}

/** The error that a finding becomes where work can't go on with it. */
export function toError(
  { network, position, text }: Finding,
  networks: Readonly<Record<Role, NetworkExamination>>
): KwiatError {
  const layer = network === null || position === null ? undefined : networks[network].layers[position]
  const who = layer === undefined ? (network ?? 'run') : `${network}, layer ${layer.name} (${layer.spec.type})`
  return new KwiatError('architecture-invalid', { who, ...text.en })
}

/**
 * Follows the shapes through a network from its inputs to its last layer.
 *
 * @param given shapes of what the network is given, without the batch dimension
 * @throws KwiatError `architecture-invalid` that names the first layer that does not fit
 */
export function analyzeNetwork(
  role: Role,
  layers: readonly LayerSpec[],
  given: ReadonlyMap<NetworkInput, Shape>
): NetworkAnalysis {
  const examined = examineNetwork(role, layers, given)
  const [first] = examined.findings
  if (first !== undefined) {
    throw toError(first, { generator: examined, discriminator: examined })
  }
  return toNetworkAnalysis(examined)
}

/**
 * Both networks with their shapes, weights and costs.
 *
 * @throws KwiatError `architecture-invalid` where a layer does not fit its inputs, the generator does not end in a
 * picture of the architecture's size, or the discriminator not in one logit
 */
export function analyzeArchitecture(architecture: Architecture): ArchitectureAnalysis {
  const examined = examineArchitecture(architecture)
  const [first] = findMisfits(examined)
  if (first !== undefined) {
    throw toError(first, examined)
  }
  return {
    generator: toNetworkAnalysis(examined.generator),
    discriminator: toNetworkAnalysis(examined.discriminator)
  }
}

/** Dropout layers that do something, in order, with the shape of what they thin out. */
export const dropoutsOf = ({ layers }: NetworkAnalysis): readonly { name: string; rate: number; shape: Shape }[] =>
  layers.flatMap(({ name, spec, outputShape }) =>
    spec.type === 'Dropout' && spec.rate > 0 ? [{ name, rate: spec.rate, shape: outputShape }] : []
  )

/** True where a picture's output depends on the other pictures of its batch. */
export const hasBatchStatistics = ({ layers }: NetworkAnalysis): boolean =>
  layers.some(({ spec }) => spec.type === 'BatchNormalization')
