import type { Target } from '../../trace/trace'
import type { AxisShape } from './axis'
import { planAxis } from './axis'
import type { SlidingWindow } from './slidingWindow'
import type { TiledConvolution } from './tiledConvolution'
import { mostPoints } from './toomCook'

/** What a convolution looks like, whichever of its three functions is computed. */
export interface ConvolutionShape {
  readonly window: SlidingWindow
  readonly batch: number
  readonly inChannels: number
  readonly outChannels: number
}

/** How a convolution is computed. */
export type ConvolutionChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'tiled'; readonly plan: TiledConvolution }
  | { readonly kind: 'narrow'; readonly plan: Omit<TiledConvolution, 'height' | 'width'> & Axes }

interface Axes {
  readonly height: AxisShape
  readonly width: AxisShape
}

/** So few channels are a picture's; products with them are too thin for the tiled form. */
const narrowChannels = 4
const largestTile = 4

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
  const plans = [1, 2, 3, 4].flatMap((tile) => {
    const plan = tile <= largestTile ? planTiles(shape, tile) : undefined
    const isUseful = plan !== undefined && (tile === 1 || isWorthTiling(plan))
    return isUseful ? [{ plan, seconds: estimateSeconds(plan) }] : []
  })
  return plans.reduce((best, other) => (other.seconds < best.seconds ? other : best)).plan
}

/** A tile larger than the picture, or for single taps, saves nothing; the points run out for long kernels. */
const isWorthTiling = ({ height, width }: TiledConvolution): boolean =>
  [height, width].every(({ taps, tile, outputs, points }) => taps > 1 && tile <= outputs && points <= mostPoints)

/**
 * Chooses by shape alone, so that the forward pass and both gradients of a convolution agree and share what they
 * transform. Dilated kernels, and targets other than the CPU, keep the runtime's own convolution.
 */
export function chooseConvolution(shape: ConvolutionShape, target: Target): ConvolutionChoice {
  const { window, batch, inChannels, outChannels } = shape
  const isPlain = window.kernelShape.length === 2 && window.dilations.every((dilation) => dilation === 1)
  if (target !== 'cpu' || !isPlain) {
    return { kind: 'direct' }
  }
  if (inChannels <= narrowChannels) {
    return { kind: 'narrow', plan: { ...axesOf(window), batch, inChannels, outChannels } }
  }
  return { kind: 'tiled', plan: bestTiling(shape) }
}
