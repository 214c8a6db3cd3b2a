import type { Target } from '../../trace/trace'
import type { AxisShape } from './axis'
import { planAxis } from './axis'
import { chunkedConvolution } from './chunkedConvolution'
import { type ConvolutionAlgorithm, mirroredConvolution } from './convolutionAlgorithm'
import { directConvolution } from './directConvolution'
import { type NarrowConvolution, narrowConvolution } from './narrowConvolution'
import type { SlidingWindow } from './slidingWindow'
import { type TiledConvolution, tiledConvolution } from './tiledConvolution'
import { mostPoints } from './toomCook'

/** What a convolution looks like, whichever of its three functions is computed. */
export interface ConvolutionShape {
  readonly window: SlidingWindow
  readonly batch: number
  readonly inChannels: number
  readonly outChannels: number
}

interface Axes {
  readonly height: AxisShape
  readonly width: AxisShape
}

/** So few channels are a picture's; products with them are too thin for the tiled form. */
const narrowChannels = 4
/** Larger tiles need points whose powers lose too many digits of a float32. */
const tileSizes = [1, 2, 3, 4] as const

/** Transformed inputs and products of one convolution may take this much at once; more is done in chunks. */
const transformedBytes = 48e6

// Measured on two cores of an AVX-512 computer; the choice depends on their ratio alone.
const productFlopsPerSecond = 1.5e11
const memoryBytesPerSecond = 1.6e10
const bytesPerElement = 4

const axisShape = (window: SlidingWindow, side: number): AxisShape => ({
  kernel: window.kernelShape[side]!,
  stride: window.strides[side]!,
  padBefore: window.pads[side]!,
  inputs: window.inputSides[side]!,
  outputs: window.outputSides[side]!
})

const axesOf = (window: SlidingWindow): Axes => ({ height: axisShape(window, 0), width: axisShape(window, 1) })

const planTiles = (shape: ConvolutionShape, tile: number): TiledConvolution => {
  const { batch, inChannels, outChannels } = shape
  const { height, width } = axesOf(shape.window)
  return { height: planAxis(height, tile), width: planAxis(width, tile), batch, inChannels, outChannels }
}

/** Seconds that the products and the moving of transformed tensors take, roughly. */
function estimateSeconds({ height, width, batch, inChannels, outChannels }: TiledConvolution): number {
  const points = height.points * width.points
  const rows = height.tiles * width.tiles * batch
  const inner = height.stride * width.stride * inChannels
  // Products with few rows reach less of the peak.
  const thinness = 1 + 24 / Math.min(rows, 512)
  const products = ((2 * points * rows * inner * outChannels) / productFlopsPerSecond) * thinness
  const transformed = points * rows * (inner + outChannels) * 3 + points * inner * outChannels * 3
  const halfway =
    height.points * height.tiles * batch * (width.inputs * height.stride * inChannels + width.outputs * outChannels)
  return products + (bytesPerElement * (transformed + 2 * halfway)) / memoryBytesPerSecond
}

function bestTiling(shape: ConvolutionShape): TiledConvolution {
  return tileSizes
    .map((tile) => planTiles(shape, tile))
    .filter((plan) => plan.height.tile === 1 || isWorthTiling(plan))
    .map((plan) => ({ plan, seconds: estimateSeconds(plan) }))
    .reduce((best, other) => (other.seconds < best.seconds ? other : best)).plan
}

/** A tile larger than the picture, or for single taps, saves nothing; the points run out for long kernels. */
const isWorthTiling = ({ height, width }: TiledConvolution): boolean =>
  [height, width].every(({ taps, tile, outputs, points }) => taps > 1 && tile <= outputs && points <= mostPoints)

/**
 * A plain convolution that writes few channels is the adjoint of one that reads few, its kernel mirrored: outputs and
 * inputs change places, and so do the channels.
 */
function mirroredPlan({ batch, inChannels, outChannels, window }: ConvolutionShape): NarrowConvolution {
  const mirror = ({ kernel, stride, padBefore, inputs, outputs }: AxisShape): AxisShape => ({
    kernel,
    stride,
    padBefore: kernel - 1 - padBefore,
    inputs: outputs,
    outputs: inputs
  })
  const { height, width } = axesOf(window)
  return { height: mirror(height), width: mirror(width), batch, inChannels: outChannels, outChannels: inChannels }
}

/** How a convolution is computed on the CPU, and from what. */
export type ConvolutionPlan =
  | { readonly kind: 'direct' }
  | { readonly kind: 'narrow' | 'mirrored'; readonly narrow: NarrowConvolution }
  /** `batches` are the chunks, one where all is done at once. */
  | { readonly kind: 'tiled'; readonly whole: TiledConvolution; readonly batches: readonly number[] }

/** Trying tiles takes as long as all else that an editor wants to know of a layer at each key. */
const plans = new Map<string, ConvolutionPlan>()
const mostPlans = 1000

/**
 * Plans by shape alone, so that the forward pass and both gradients of a convolution agree and share what they
 * transform.
 */
export function planConvolution(shape: ConvolutionShape): ConvolutionPlan {
  const key = JSON.stringify(shape)
  const plan = plans.get(key) ?? newPlan(shape)
  if (plans.size >= mostPlans) {
    plans.clear()
  }
  plans.set(key, plan)
  return plan
}

function newPlan(shape: ConvolutionShape): ConvolutionPlan {
  const { window, batch, inChannels, outChannels } = shape
  if (window.kernelShape.length !== 2 || window.dilations.some((dilation) => dilation !== 1)) {
    return { kind: 'direct' }
  }
  if (inChannels <= narrowChannels) {
    return { kind: 'narrow', narrow: { ...axesOf(window), batch, inChannels, outChannels } }
  }
  const hasStride = window.strides.some((stride) => stride > 1)
  return outChannels <= narrowChannels && !hasStride
    ? { kind: 'mirrored', narrow: mirroredPlan(shape) }
    : { kind: 'tiled', ...inChunks(shape) }
}

/** The plan as an algorithm. Dilated kernels, and targets other than the CPU, keep the runtime's own convolution. */
export function chooseConvolution(shape: ConvolutionShape, target: Target): ConvolutionAlgorithm {
  const plan: ConvolutionPlan = target === 'cpu' ? planConvolution(shape) : { kind: 'direct' }
  switch (plan.kind) {
    case 'direct':
      return directConvolution(shape.window)
    case 'narrow':
      return narrowConvolution(plan.narrow)
    case 'mirrored':
      return mirroredConvolution(narrowConvolution(plan.narrow))
    case 'tiled':
      return plan.batches.length === 1
        ? tiledConvolution(plan.whole)
        : chunkedConvolution(
            plan.batches.map((batch) => ({ batch, algorithm: tiledConvolution({ ...plan.whole, batch }) }))
          )
  }
}

/** A tiled convolution whose transformed pictures fit into the memory meant for them. */
function inChunks(shape: ConvolutionShape): { readonly whole: TiledConvolution; readonly batches: readonly number[] } {
  const whole = bestTiling(shape)
  const count = Math.min(shape.batch, Math.ceil(transformedSize(whole) / transformedBytes))
  const largest = Math.ceil(shape.batch / count)
  const sizes = Array.from({ length: count }, (_, i) => Math.min(largest, shape.batch - i * largest))
  return { whole, batches: sizes.filter((batch) => batch > 0) }
}

/**
 * Roughly the seconds that one of a convolution's three functions takes on the computer that the constants above were
 * measured on.
 */
export function convolutionSeconds(shape: ConvolutionShape): number {
  const plan = planConvolution(shape)
  if (plan.kind === 'tiled') {
    return estimateSeconds(plan.whole)
  }
  const { window, batch, inChannels, outChannels } = shape
  const taps = window.kernelShape.reduce((product, side) => product * side, 1)
  const positions = window.outputSides.reduce((product, side) => product * side, batch)
  const columns = plan.kind === 'direct' ? 0 : taps * Math.min(inChannels, outChannels) * positions
  const products = (2 * taps * positions * inChannels * outChannels) / productFlopsPerSecond
  return products + (3 * bytesPerElement * columns) / memoryBytesPerSecond
}

/** What `convolutionSeconds` reckons with. */
export const reckonedSpeed = { productFlopsPerSecond, memoryBytesPerSecond } as const

/** Bytes of the transformed input and of the products. */
function transformedSize({ height, width, batch, inChannels, outChannels }: TiledConvolution): number {
  const rows = height.points * width.points * height.tiles * width.tiles * batch
  return bytesPerElement * rows * (height.stride * width.stride * inChannels + outChannels)
}
