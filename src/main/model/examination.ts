import type { Architecture } from '../../shared/architecture/architecture'
import { type NetworkInput, networkInputs } from '../../shared/architecture/layerNames'
import { type LayerOf, type LayerSpec, layerSchema } from '../../shared/architecture/layers'
import type { Role } from '../../shared/architecture/roles'
import { sizeOf } from '../../shared/tensor'
import type { Finding, Repair } from './finding'
import { layerRule, type WeightSpec } from './layerRules'
import { type Shape, ShapeProblem } from './shapes'
import { type WiredLayer, wireLayers } from './wiring'

/**
 * A layer and what follows from its fields and its inputs, as far as that can be known; null is unknown. Shapes are
 * without the batch dimension.
 */
export interface LayerExamination extends WiredLayer {
  readonly position: number
  readonly inputShapes: readonly (Shape | null)[]
  /** Where the layer does not fit its inputs: what its output would be if it were mended in the plainest way. */
  readonly outputShape: Shape | null
  readonly weights: readonly WeightSpec[] | null
  /** Multiplications with a weight in one forward pass of one picture. */
  readonly multiplyAdds: number | null
}

/** A network that may not fit together. */
export interface NetworkExamination {
  readonly role: Role
  readonly inputShapes: ReadonlyMap<NetworkInput, Shape>
  readonly layers: readonly LayerExamination[]
  /** Null where it can't be known. */
  readonly outputShape: Shape | null
  /** What does not fit, in the order of the layers. */
  readonly findings: readonly Finding[]
}

export interface ArchitectureExamination {
  readonly architecture: Architecture
  readonly generator: NetworkExamination
  readonly discriminator: NetworkExamination
}

/** Runs `work`; a shape problem becomes a value. */
function attempt<Result>(work: () => Result): Result | ShapeProblem {
  try {
    return work()
  } catch (error) {
    if (error instanceof ShapeProblem) {
      return error
    }
    throw error
  }
}

const orNull = <Result>(value: Result | ShapeProblem): Result | null => (value instanceof ShapeProblem ? null : value)

const isKnown = (shapes: readonly (Shape | null)[]): shapes is readonly Shape[] =>
  shapes.every((shape) => shape !== null)

/**
 * The output of a layer that does not fit its inputs, or whose inputs are unknown, so that the layers after it can be
 * looked at all the same: what it says of its output itself, or what it would be with padding.
 */
function assumedShape(spec: LayerSpec, inputs: readonly (Shape | null)[]): Shape | null {
  if (spec.type === 'Reshape') {
    return spec.targetShape
  }
  if (spec.type === 'Dense') {
    return [spec.units]
  }
  if (isKnown(inputs) && 'padding' in spec && spec.padding === 'valid') {
    return orNull(attempt(() => layerRule(layerSchema.parse({ ...spec, padding: 'same' })).outputShape(inputs)))
  }
  const isMerge = spec.type === 'Add' || spec.type === 'Multiply' || spec.type === 'Concatenate'
  return isMerge ? (inputs.find((shape) => shape !== null) ?? null) : null
}

/** A layer and those that stand before it. */
interface Place extends WiredLayer {
  readonly before: readonly LayerExamination[]
}

interface Examined {
  readonly layer: LayerExamination
  readonly findings: readonly Finding[]
}

function examineUnknown(layer: WiredLayer, position: number, inputShapes: readonly (Shape | null)[]): Examined {
  const outputShape = assumedShape(layer.spec, inputShapes)
  return { layer: { ...layer, position, inputShapes, outputShape, weights: null, multiplyAdds: null }, findings: [] }
}

/** Applies the layer's rule to its inputs. */
function examineLayer(role: Role, { before, ...layer }: Place, inputs: readonly (Shape | null)[]): Examined {
  const position = before.length
  if (!isKnown(inputs)) {
    return examineUnknown(layer, position, inputs)
  }
  const rule = layerRule(layer.spec)
  const output = attempt(() => rule.outputShape(inputs))
  const isUnfit = output instanceof ShapeProblem
  const outputShape = isUnfit ? assumedShape(layer.spec, inputs) : output
  return {
    layer: {
      ...layer,
      position,
      inputShapes: inputs,
      outputShape,
      weights: orNull(attempt(() => rule.weights(inputs))),
      multiplyAdds: outputShape === null ? null : orNull(attempt(() => rule.multiplyAdds(inputs, outputShape)))
    },
    findings: [
      ...(isUnfit ? [unfit(role, position, { ...layer, before }, output)] : []),
      ...embeddingOf(role, layer, position)
    ]
  }
}

/** Layers that leave the number of their inputs as it is. */
const keepsSize = ({ type }: LayerSpec): boolean =>
  type === 'BatchNormalization' || type === 'LayerNormalization' || type === 'Dropout' || isActivation(type)

const isActivation = (type: LayerSpec['type']): boolean =>
  type === 'Activation' || type === 'ReLU' || type === 'LeakyReLU' || type === 'PReLU' || type === 'ELU'

/** Gives the Dense layer in front of a Reshape as many units as the target shape has numbers. */
function mendReshape(
  network: Role,
  { targetShape }: LayerOf<'Reshape'>,
  before: readonly LayerExamination[]
): Repair | null {
  const dense = before.findLast(({ spec }) => !keepsSize(spec))
  const value = sizeOf(targetShape)
  const isDense = dense?.spec.type === 'Dense' && dense.inputShapes[0]?.length === 1 && value <= 65_536
  return isDense
    ? {
        label: { en: `Give ${dense.name} ${value} units`, pl: `Ustaw ${value} jednostek w ${dense.name}` },
        edits: [{ kind: 'field', network, position: dense.position, field: 'units', value }]
      }
    : null
}

function mend(network: Role, position: number, { spec, before }: Place, code: ShapeProblem['code']): Repair | null {
  if (code === 'kernel-larger-than-input' && 'padding' in spec) {
    return {
      label: { en: 'Use padding “same”', pl: 'Użyj dopełnienia „same”' },
      edits: [{ kind: 'field', network, position, field: 'padding', value: 'same' }]
    }
  }
  return spec.type === 'Reshape' ? mendReshape(network, spec, before) : null
}

/** A layer that can't take its inputs. */
const unfit = (network: Role, position: number, place: Place, { code, text }: ShapeProblem): Finding => ({
  code,
  severity: 'error',
  network,
  position,
  text,
  repair: mend(network, position, place, code)
})

function embeddingOf(network: Role, { spec, inputs }: WiredLayer, position: number): readonly Finding[] {
  if (spec.type !== 'Embedding' || inputs.every((input) => input === 'label')) {
    return []
  }
  const actual = inputs.join(', ')
  const text = {
    en: {
      expected: 'class numbers, which only the network input "label" has',
      actual,
      todo: 'use a Dense layer instead, or let it read "label" in a network with classes'
    },
    pl: {
      expected: 'numery klas, które ma tylko wejście sieci „label”',
      actual,
      todo: 'użyj warstwy Dense albo niech czyta „label” w sieci z klasami'
    }
  }
  return [{ code: 'layer-inputs-unfit', severity: 'error', network, position, text, repair: null }]
}

/**
 * Follows the shapes through a network from its inputs to its last layer, past what does not fit. The work is linear in
 * the number of layers and wires.
 *
 * @param given shapes of what the network is given, without the batch dimension
 */
export function examineNetwork(
  role: Role,
  specs: readonly LayerSpec[],
  given: ReadonlyMap<NetworkInput, Shape>
): NetworkExamination {
  const shapes = new Map<string, Shape | null>(given)
  const { wired, findings } = wireLayers(
    role,
    specs,
    networkInputs.filter((name) => given.has(name))
  )
  const layers: LayerExamination[] = []
  const unfitting = wired.flatMap((layer) => {
    const inputs = layer.inputs.map((name) => shapes.get(name) ?? null)
    const examined = examineLayer(role, { ...layer, before: layers }, inputs)
    layers.push(examined.layer)
    shapes.set(layer.name, examined.layer.outputShape)
    return examined.findings
  })
  return {
    role,
    inputShapes: given,
    layers,
    outputShape: layers.at(-1)?.outputShape ?? null,
    findings: [...findings, ...unfitting]
  }
}

/** Both networks, whether they fit together or not. */
export function examineArchitecture(architecture: Architecture): ArchitectureExamination {
  const { latentSize, pictureSize, channels } = architecture
  const picture = [pictureSize, pictureSize, channels]
  return {
    architecture,
    generator: examineNetwork('generator', architecture.generator, new Map([['input', [latentSize]]])),
    discriminator: examineNetwork('discriminator', architecture.discriminator, new Map([['input', picture]]))
  }
}

/** Numbers in weights, statistics included. */
export const parametersOf = (weights: readonly WeightSpec[]): number =>
  weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
