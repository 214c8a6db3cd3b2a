import * as tf from '@tensorflow/tfjs-core'
import type { Architecture } from '../../shared/architecture/architecture'
import type { NetworkInput } from '../../shared/architecture/layerNames'
import { analyzeArchitecture, type LayerAnalysis, type NetworkAnalysis } from './analysis'
import { useHostBackend } from './hostBackend'
import { type LayerOperation, layerOperation } from './layerOperations'
import { inLayer } from './layerScope'

/** What a network's variables are called after: the trained networks and the averaged generator. */
export type NetworkName = 'generator' | 'discriminator' | 'ema'

interface BuiltLayer extends LayerAnalysis {
  readonly operation: LayerOperation
}

/** A network of tfjs layers, its variables by stable name: `<network>/<layer>/<weight>`. */
export interface Network {
  readonly name: NetworkName
  readonly analysis: NetworkAnalysis
  readonly layers: readonly BuiltLayer[]
  readonly variables: ReadonlyMap<string, tf.Variable>
  /** Names of the variables that are learnt; the others are statistics. */
  readonly trainable: readonly string[]
}

/** Everything a training step works on. `ema` is the generator with averaged weights. */
export interface Networks {
  readonly generator: Network
  readonly discriminator: Network
  readonly ema: Network
}

/** Stable names of a network's weights, in the order of its layers, with what is known about each. */
export const weightsOf = (network: NetworkName, { layers }: NetworkAnalysis) =>
  layers.flatMap(({ name, weights }) =>
    weights.map((weight) => ({ ...weight, path: `${network}/${name}/${weight.name}` }))
  )

/** The layer's variables in the order of its weights; that they are the expected ones is checked. */
function variablesOf({ name, weights, operation }: BuiltLayer): readonly tf.Variable[] {
  const variables = operation.layer.weights.map((weight) => ({ name: weight.originalName, variable: weight.read() }))
  return weights.map((expected, i) => {
    const actual = variables[i]
    const isExpected = actual?.name === expected.name && tf.util.arraysEqual(actual.variable.shape, [...expected.shape])
    if (!isExpected || !(actual?.variable instanceof tf.Variable) || variables.length !== weights.length) {
      throw new Error(`${name}: expected weight ${expected.name} [${expected.shape}], got ${actual?.name}`)
    }
    return actual.variable
  })
}

/**
 * Builds a network's layers and variables. The variables hold zeros until an engine gives them their values.
 *
 * @param name what its variables are called after
 */
export function buildNetwork(name: NetworkName, analysis: NetworkAnalysis): Network {
  useHostBackend()
  const layers = analysis.layers.map((layer) => {
    const operation = layerOperation(layer.spec)
    const shapes = layer.inputShapes.map((shape) => [null, ...shape])
    operation.layer.build(shapes.length === 1 ? shapes[0]! : shapes)
    // tfjs' merging layers forget to say so, and would be built again when they are applied.
    operation.layer.built = true
    return { ...layer, operation }
  })
  const weights = weightsOf(name, analysis)
  const variables = layers.flatMap(variablesOf)
  return {
    name,
    analysis,
    layers,
    variables: new Map(weights.map(({ path }, i) => [path, variables[i]!])),
    trainable: weights.flatMap(({ path, trainable }) => (trainable ? path : []))
  }
}

/**
 * Builds generator, discriminator and averaged generator.
 *
 * @throws KwiatError `architecture-invalid` that names the first layer that does not fit
 */
export function buildNetworks(architecture: Architecture): Networks {
  const { generator, discriminator } = analyzeArchitecture(architecture)
  return {
    generator: buildNetwork('generator', generator),
    discriminator: buildNetwork('discriminator', discriminator),
    ema: buildNetwork('ema', generator)
  }
}

/** Frees the memory of a network's variables. */
export const disposeNetwork = ({ variables }: Network): void => tf.dispose([...variables.values()])

/** Frees the memory of the networks' variables. */
export function disposeNetworks(networks: Networks): void {
  for (const network of [networks.generator, networks.discriminator, networks.ema]) {
    disposeNetwork(network)
  }
}

export interface ForwardOptions {
  /** Dropout thins out, and batch normalisation uses the batch's own statistics. */
  readonly training: boolean
  /** Lets the batch's statistics enter the moving averages; only in training, and only where the network is updated. */
  readonly updateStatistics?: boolean
  /** Masks of the dropout layers by layer name: 0 or 1 / (1 − rate), shape [batch, …layer input]. */
  readonly masks?: ReadonlyMap<string, tf.Tensor>
}

/**
 * Applies a network layer by layer; while a layer is applied `currentLayer` names it.
 *
 * @param inputs "input": latents [batch, latentSize] for a generator, pictures [batch, height, width, channels] in
 * [−1, 1] for a discriminator
 * @returns pictures [batch, height, width, channels], or logits [batch, 1]
 */
export function forward(
  network: Network,
  inputs: Readonly<Partial<Record<NetworkInput, tf.Tensor>>>,
  { training, updateStatistics = false, masks }: ForwardOptions
): tf.Tensor {
  const values = new Map<string, tf.Tensor>(Object.entries(inputs))
  const tensorFor = (name: string): tf.Tensor => {
    const value = values.get(name)
    if (value === undefined) {
      throw new Error(`${network.name}: expected a tensor for ${name}, got none`)
    }
    return value
  }
  for (const { name, inputs: read, operation } of network.layers) {
    const [first, ...others] = read
    const given = [tensorFor(first!), ...others.map(tensorFor)] as const
    const call = { training, updateStatistics, mask: masks?.get(name) }
    values.set(
      name,
      inLayer(`${network.name}/${name}`, () => operation.apply(given, call))
    )
  }
  return tensorFor(network.layers.at(-1)!.name)
}
