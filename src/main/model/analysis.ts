import type { Architecture } from '../../shared/architecture/architecture'
import type { LayerSpec } from '../../shared/architecture/layers'
import { KwiatError } from '../../shared/errors'
import { sizeOf } from '../../shared/tensor'
import { layerRule, type WeightSpec } from './layerRules'
import { formatShape, isSameShape, type Shape, ShapeProblem } from './shapes'
import { describeLayer, type NetworkInput, networkInputs, type Role, type WiredLayer, wireLayers } from './wiring'

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

const parametersOf = (weights: readonly WeightSpec[]): number =>
  weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)

const sumOf = <Key extends string>(items: readonly Readonly<Record<Key, number>>[], key: Key): number =>
  items.reduce((sum, item) => sum + item[key], 0)

/** Applies the layer's rule to its inputs; a problem with them becomes an error that names the layer. */
function analyzeLayer(role: Role, layer: WiredLayer, inputShapes: readonly Shape[]): LayerAnalysis {
  const rule = layerRule(layer.spec)
  try {
    const outputShape = rule.outputShape(inputShapes)
    const weights = rule.weights(inputShapes)
    return {
      ...layer,
      inputShapes,
      outputShape,
      weights,
      parameters: parametersOf(weights),
      trainableParameters: parametersOf(weights.filter(({ trainable }) => trainable)),
      multiplyAdds: rule.multiplyAdds(inputShapes, outputShape)
    }
  } catch (error) {
    if (error instanceof ShapeProblem) {
      const { expected, actual, todo } = error
      throw new KwiatError('architecture-invalid', {
        who: describeLayer(role, layer.name, layer.spec),
        expected,
        actual,
        todo
      })
    }
    throw error
  }
}

function checkEmbedding(role: Role, { name, spec, inputs }: WiredLayer): void {
  if (spec.type === 'Embedding' && inputs.some((input) => input !== 'label')) {
    throw new KwiatError('architecture-invalid', {
      who: describeLayer(role, name, spec),
      expected: 'class numbers, which only the network input "label" has',
      actual: inputs.join(', '),
      todo: 'use a Dense layer instead, or let it read "label" in a network with classes'
    })
  }
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
  const shapes = new Map<string, Shape>(given)
  const inputs = networkInputs.filter((name) => given.has(name))
  const analyses = wireLayers(role, layers, inputs).map((layer) => {
    checkEmbedding(role, layer)
    const analysis = analyzeLayer(
      role,
      layer,
      layer.inputs.map((name) => shapes.get(name)!)
    )
    shapes.set(layer.name, analysis.outputShape)
    return analysis
  })
  return {
    role,
    inputShapes: given,
    outputShape: analyses.at(-1)!.outputShape,
    layers: analyses,
    parameters: sumOf(analyses, 'parameters'),
    trainableParameters: sumOf(analyses, 'trainableParameters'),
    multiplyAdds: sumOf(analyses, 'multiplyAdds')
  }
}

function checkOutput({ role, layers, outputShape }: NetworkAnalysis, shape: Shape, meaning: string, todo: string) {
  const last = layers.at(-1)!
  if (!isSameShape(outputShape, shape)) {
    throw new KwiatError('architecture-invalid', {
      who: describeLayer(role, last.name, last.spec),
      expected: `an output of shape ${formatShape(shape)}: ${meaning}`,
      actual: formatShape(outputShape),
      todo
    })
  }
}

/** 2²⁸ parameters are 1 GiB; with gradients, slots and averages several times that. */
const maxParameters = 2 ** 28

function checkSize({ role, layers, parameters }: NetworkAnalysis): void {
  if (parameters > maxParameters) {
    const largest = layers.reduce((a, b) => (b.parameters > a.parameters ? b : a))
    throw new KwiatError('architecture-invalid', {
      who: describeLayer(role, largest.name, largest.spec),
      expected: `a network of at most ${maxParameters} parameters`,
      actual: `${parameters}, of which ${largest.parameters} in this layer`,
      todo: 'use fewer units or filters'
    })
  }
}

/** The losses take logits: a sigmoid at the end would be applied twice. */
function checkEndsInLogits({ role, layers }: NetworkAnalysis): void {
  const { name, spec } = layers.at(-1)!
  const activation = 'activation' in spec ? spec.activation : 'linear'
  if (activation !== 'linear') {
    throw new KwiatError('architecture-invalid', {
      who: describeLayer(role, name, spec),
      expected: 'activation "linear", since the loss takes logits and applies the sigmoid itself',
      actual: `"${activation}"`,
      todo: 'set its activation to "linear"'
    })
  }
}

/**
 * Both networks with their shapes, weights and costs.
 *
 * @throws KwiatError `architecture-invalid` where a layer does not fit its inputs, the generator does not end in a
 * picture of the architecture's size, or the discriminator not in one logit
 */
export function analyzeArchitecture(architecture: Architecture): ArchitectureAnalysis {
  const { latentSize, pictureSize, channels } = architecture
  const picture = [pictureSize, pictureSize, channels]
  const generator = analyzeNetwork('generator', architecture.generator, new Map([['input', [latentSize]]]))
  checkOutput(
    generator,
    picture,
    'the picture',
    'add, remove or change up-sampling layers (Conv2DTranspose, UpSampling2D), or set pictureSize and channels'
  )
  const discriminator = analyzeNetwork('discriminator', architecture.discriminator, new Map([['input', picture]]))
  checkOutput(discriminator, [1], 'one logit a picture', 'end it with Flatten and Dense of one unit')
  checkEndsInLogits(discriminator)
  for (const network of [generator, discriminator]) {
    checkSize(network)
  }
  return { generator, discriminator }
}

/** Dropout layers that do something, in order, with the shape of what they thin out. */
export const dropoutsOf = ({ layers }: NetworkAnalysis): readonly { name: string; rate: number; shape: Shape }[] =>
  layers.flatMap(({ name, spec, outputShape }) =>
    spec.type === 'Dropout' && spec.rate > 0 ? [{ name, rate: spec.rate, shape: outputShape }] : []
  )

/** True where a picture's output depends on the other pictures of its batch. */
export const hasBatchStatistics = ({ layers }: NetworkAnalysis): boolean =>
  layers.some(({ spec }) => spec.type === 'BatchNormalization')
