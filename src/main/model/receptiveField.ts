import type { LayerSpec } from '../../shared/architecture/layers'
import type { LayerExamination, NetworkExamination } from './examination'
import { toPair } from './shapes'

/** Pixels of the picture along each axis, [height, width]; null where positions are not those of a picture. */
export type Field = readonly [number, number] | null

/** Along each axis: pixels of the picture that take part, and pixels from one position to the next. */
interface Reach {
  readonly extent: readonly [number, number]
  readonly jump: readonly [number, number]
}

/** How a layer's positions belong to those of its input: through a window, one to one, all to all, or not known. */
type Span =
  | {
      readonly kind: 'shrink' | 'grow'
      readonly window: readonly [number, number]
      readonly strides: readonly [number, number]
    }
  | { readonly kind: 'same' | 'whole' | 'unknown' }

const same: Span = { kind: 'same' }

const dilated = (kernel: readonly [number, number], rate: readonly [number, number]): readonly [number, number] => [
  (kernel[0] - 1) * rate[0] + 1,
  (kernel[1] - 1) * rate[1] + 1
]

function spanOf(spec: LayerSpec, inputRank: number, outputRank: number): Span {
  switch (spec.type) {
    case 'Conv2D':
      return {
        kind: 'shrink',
        window: dilated(toPair(spec.kernelSize), toPair(spec.dilationRate)),
        strides: toPair(spec.strides)
      }
    case 'DepthwiseConv2D':
    case 'SeparableConv2D':
      return { kind: 'shrink', window: toPair(spec.kernelSize), strides: toPair(spec.strides) }
    case 'AveragePooling2D':
    case 'MaxPooling2D':
      return { kind: 'shrink', window: toPair(spec.poolSize), strides: toPair(spec.strides ?? spec.poolSize) }
    case 'Conv2DTranspose':
      return { kind: 'grow', window: toPair(spec.kernelSize), strides: toPair(spec.strides) }
    case 'UpSampling2D': {
      const strides = toPair(spec.size)
      // A pixel between two others is made of both.
      const reach = spec.interpolation === 'bilinear' ? 2 : 1
      return { kind: 'grow', window: [strides[0] * reach, strides[1] * reach], strides }
    }
    case 'GlobalAveragePooling2D':
      return { kind: 'whole' }
    case 'Dense':
      return inputRank === 1 ? { kind: 'whole' } : same
    case 'Reshape':
    case 'Permute':
      return inputRank === 3 && outputRank === 3 ? { kind: 'unknown' } : same
    default:
      return same
  }
}

/** Through a window: extent + (window − 1) · jump, and the jump times the stride (Araujo et al. 2019, equation 2). */
const widened = (
  { extent, jump }: Reach,
  window: readonly [number, number],
  strides: readonly [number, number]
): Reach => ({
  extent: [extent[0] + (window[0] - 1) * jump[0], extent[1] + (window[1] - 1) * jump[1]],
  jump: [jump[0] * strides[0], jump[1] * strides[1]]
})

/** Through the adjoint: an output is made of ⌈window / stride⌉ inputs, which lie a stride of outputs apart. */
const narrowed = (
  { extent, jump }: Reach,
  window: readonly [number, number],
  strides: readonly [number, number]
): Reach => ({
  extent: [
    extent[0] + (Math.ceil(window[0] / strides[0]) - 1) * jump[0],
    extent[1] + (Math.ceil(window[1] / strides[1]) - 1) * jump[1]
  ],
  jump: [jump[0] / strides[0], jump[1] / strides[1]]
})

const whole = (side: number): Reach => ({ extent: [side, side], jump: [side, side] })

const larger = (a: Reach, b: Reach): Reach => ({
  extent: [Math.max(a.extent[0], b.extent[0]), Math.max(a.extent[1], b.extent[1])],
  jump: [Math.max(a.jump[0], b.jump[0]), Math.max(a.jump[1], b.jump[1])]
})

type Direction = 'forward' | 'backward'

/** The reach on the other side of a layer; backward a layer that shrinks maps does what one that grows them does forward. */
function across(reach: Reach | null, span: Span, direction: Direction, side: number): Reach | null {
  if (span.kind === 'same' || reach === null) {
    return reach
  }
  if (span.kind === 'shrink' || span.kind === 'grow') {
    const widens = (span.kind === 'shrink') === (direction === 'forward')
    return (widens ? widened : narrowed)(reach, span.window, span.strides)
  }
  return span.kind === 'whole' ? whole(side) : null
}

const layerSpan = ({ spec, inputShapes, outputShape }: LayerExamination): Span =>
  spanOf(spec, inputShapes[0]?.length ?? 0, outputShape?.length ?? 0)

const toField = (reach: Reach | null, side: number): Field => {
  const [height, width] = reach?.extent ?? [0, 0]
  return reach === null ? null : [Math.min(side, Math.ceil(height)), Math.min(side, Math.ceil(width))]
}

const point: Reach = { extent: [1, 1], jump: [1, 1] }

/** The reach through several ways; not known where that of one way is not. */
const join = (first: Reach | null, ...others: readonly (Reach | null)[]): Reach | null =>
  others.reduce((a, b) => (a === null || b === null ? null : larger(a, b)), first)

/** Pixels of the picture that one number of each layer's output depends on, in a discriminator. */
function fieldsSeen({ layers }: NetworkExamination, side: number): readonly Field[] {
  const reaches = new Map<string, Reach | null>([['input', point]])
  for (const layer of layers) {
    const [first, ...others] = layer.inputs.map((name) => reaches.get(name) ?? null)
    const read = join(first ?? null, ...others)
    reaches.set(layer.name, across(read, layerSpan(layer), 'forward', side))
  }
  return layers.map(({ name }) => toField(reaches.get(name) ?? null, side))
}

/** Pixels of the picture that one number of each layer's output has a part in, in a generator. */
function fieldsMade({ layers }: NetworkExamination, side: number): readonly Field[] {
  const reaches = new Map<string, Reach | null>(layers.slice(-1).map(({ name }) => [name, point]))
  for (const layer of layers.toReversed()) {
    const before = across(reaches.get(layer.name) ?? null, layerSpan(layer), 'backward', side)
    for (const name of layer.inputs) {
      const others = reaches.get(name)
      reaches.set(name, others === undefined ? before : join(before, others))
    }
  }
  return layers.map(({ name }) => toField(reaches.get(name) ?? null, side))
}

/**
 * For each layer: in a discriminator the pixels that one number of its output sees, in a generator those that one number
 * of its output has a part in; at most the whole picture.
 *
 * @param side of the pictures, in pixels
 */
export const receptiveFields = (network: NetworkExamination, side: number): readonly Field[] =>
  network.role === 'discriminator' ? fieldsSeen(network, side) : fieldsMade(network, side)
