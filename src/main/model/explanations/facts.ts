import type { LayerOf, LayerType } from '../../../shared/architecture/layers'
import type { Role } from '../../../shared/architecture/roles'
import { sizeOf } from '../../../shared/tensor'
import { type LayerExamination, type NetworkExamination, parametersOf } from '../examination'
import type { Field } from '../receptiveField'
import { type Shape, toPair } from '../shapes'

/** All numbers of a layer that its explanation may speak of. */
export interface LayerFacts {
  readonly role: Role
  readonly isLast: boolean
  readonly input: Shape
  readonly output: Shape
  readonly inputCount: number
  /** Numbers in its weights. */
  readonly weights: number
  /** Side of the pictures. */
  readonly side: number
  readonly latentSize: number
  readonly field: Field
  /** The maps that the next Reshape makes of its output; null where none does. */
  readonly reshapedTo: Shape | null
}

/** How often maps of this side must be doubled to be the whole picture; null where doubling does not lead there. */
export function doublingsTo(side: number, from: number): number | null {
  const doublings = Math.log2(side / from)
  return Number.isInteger(doublings) && doublings >= 0 ? doublings : null
}

/** Layers between a Dense and the Reshape that its output is meant for. */
const passive: ReadonlySet<LayerType> = new Set([
  'Activation',
  'ReLU',
  'LeakyReLU',
  'PReLU',
  'ELU',
  'BatchNormalization',
  'Dropout'
])

/** What the next Reshape makes of each layer's output; in one pass from the end. */
export function reshapesAhead({ layers }: NetworkExamination): readonly (Shape | null)[] {
  const ahead: (Shape | null)[] = []
  let next: Shape | null = null
  for (const { spec } of layers.toReversed()) {
    ahead.push(next)
    next = spec.type === 'Reshape' ? spec.targetShape : passive.has(spec.type) ? next : null
  }
  return ahead.reverse()
}

interface Surroundings {
  readonly network: NetworkExamination
  readonly side: number
  readonly latentSize: number
  readonly field: Field
  readonly reshapedTo: Shape | null
}

/** Null where the layer's shapes are not known. */
export function factsOf(layer: LayerExamination, { network, ...around }: Surroundings): LayerFacts | null {
  const { inputShapes, outputShape, weights, position } = layer
  const [input] = inputShapes
  if (input === null || input === undefined || inputShapes.includes(null) || outputShape === null || weights === null) {
    return null
  }
  return {
    ...around,
    role: network.role,
    isLast: position === network.layers.length - 1,
    input,
    output: outputShape,
    inputCount: inputShapes.length,
    weights: parametersOf(weights)
  }
}

/** The same for kernels and strides in both languages. */
export function windowFacts(spec: LayerOf<'Conv2D' | 'Conv2DTranspose' | 'DepthwiseConv2D' | 'SeparableConv2D'>) {
  const [kernel, strides] = [toPair(spec.kernelSize), toPair(spec.strides)]
  return {
    kernel: `${kernel[0]}×${kernel[1]}`,
    taps: kernel[0] * kernel[1],
    stride: strides[0] === strides[1] ? `${strides[0]}` : `${strides[0]}×${strides[1]}`,
    hasStride: Math.max(...strides) > 1,
    isEven: kernel[0] % strides[0] === 0 && kernel[1] % strides[1] === 0,
    /** Windows that lie over each pixel of a transposed convolution's output. */
    overlap: (kernel[0] / strides[0]) * (kernel[1] / strides[1])
  }
}

export const count = (shape: Shape): number => sizeOf(shape)

/** Whole numbers with their thousands apart. */
export const withSeparator =
  (separator: string) =>
  (n: number): string =>
    String(n).replace(/\B(?=(\d{3})+$)/g, separator)

/** At most two digits behind the point. */
export const rounded = (n: number): number => Math.round(n * 100) / 100

/** Steps after which a running average of this momentum has forgotten half: ln ½ / ln m; null where it never does. */
export function halfLife(momentum: number): number | null {
  const steps = Math.log(0.5) / Math.log(momentum)
  return Number.isFinite(steps) && steps > 0 ? Math.max(1, Math.round(steps)) : null
}
