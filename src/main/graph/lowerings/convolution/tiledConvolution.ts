import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import { reshape, transpose } from '../support'
import { type Axis, columnMatrix, type DenseMatrix, kernelMatrix, outputMatrix, rowMatrix, transposed } from './axis'
import type { ConvolutionAlgorithm } from './convolutionAlgorithm'

/**
 * A two-dimensional convolution as matrix products only, on pictures in the order `[height, width, batch, channels]`.
 *
 * With X the transformed input `[points², tiles² · batch, phases · in]`, U the transformed kernel
 * `[points², phases · in, out]` and Y the products `[points², tiles² · batch, out]`:
 *
 *     forward          Y = X · U        x → X,  w → U,  Y → y
 *     input gradient   dX = dY · Uᵀ     dy → dY by the transpose of Y → y,  dX → dx by the transpose of x → X
 *     filter gradient  dU = Xᵀ · dY     dU → dw by the transpose of w → U
 *
 * Every arrow is linear and is one or two products with a constant matrix, so its adjoint is the transposed matrix.
 * Strides are phases (see `Axis`), so that a strided convolution is as cheap as a plain one.
 */
export interface TiledConvolution {
  readonly height: Axis
  readonly width: Axis
  readonly batch: number
  readonly inChannels: number
  readonly outChannels: number
}

const matrix = (builder: GraphBuilder, { rows, columns, data }: DenseMatrix): Value =>
  builder.constant('float32', [rows, columns], data)

/** M · x, x taken as `[…, M.columns, rest]`. */
function multiply(builder: GraphBuilder, by: DenseMatrix, x: Value, shape: readonly number[]): Value {
  return builder.op('MatMul', [matrix(builder, by), reshape(builder, x, shape)], {})
}

/** x taken as a tensor of `shape`, with its axes permuted; axes of length 1 are passed over. */
function rearrange(builder: GraphBuilder, x: Value, shape: readonly number[], permutation: readonly number[]): Value {
  const kept = shape.flatMap((dim, axis) => (dim === 1 ? [] : [axis]))
  const order = permutation.filter((axis) => shape[axis] !== 1).map((axis) => kept.indexOf(axis))
  return transpose(
    builder,
    reshape(
      builder,
      x,
      kept.map((axis) => shape[axis]!)
    ),
    order
  )
}

const pads = (rank: number, axis: number, before: number, after: number): number[] => {
  const all = Array<number>(2 * rank).fill(0)
  all[axis] = before
  all[axis + rank] = after
  return all
}

/** `x` with its axis 1 lengthened (or cut, where negative) by `before` and `after` zeros. */
function adjustWidth(builder: GraphBuilder, x: Value, before: number, after: number): Value {
  const [cutBefore, cutAfter] = [Math.max(0, -before), Math.max(0, -after)]
  const cut =
    cutBefore + cutAfter === 0
      ? x
      : builder.op('Slice', [x], { starts: [cutBefore], ends: [x.shape[1]! - cutAfter], axes: [1], steps: [1] })
  const [addBefore, addAfter] = [Math.max(0, before), Math.max(0, after)]
  return addBefore + addAfter === 0
    ? cut
    : builder.op('Pad', [cut], { pads: pads(4, 1, addBefore, addAfter), value: 0, mode: 'constant' })
}

/** Zeros around the width so that it is whole phases: stride · phaseColumns columns. A plain one needs none. */
function widthMargins({ width }: TiledConvolution): { readonly before: number; readonly after: number } {
  return width.stride === 1
    ? { before: 0, after: 0 }
    : { before: width.padBefore, after: width.stride * width.phaseColumns - width.inputs - width.padBefore }
}

/** x → X */
function transformInput(builder: GraphBuilder, plan: TiledConvolution, x: Value): Value {
  const { height, width, batch, inChannels } = plan
  const margins = widthMargins(plan)
  const aligned = adjustWidth(builder, x, margins.before, margins.after)
  const columns = width.stride * width.phaseColumns
  const rows = multiply(builder, rowMatrix(height), aligned, [height.inputs, columns * batch * inChannels])
  const split = [height.points, height.stride, height.tiles, width.phaseColumns, width.stride, batch, inChannels]
  const phased = rearrange(builder, rows, split, [0, 3, 2, 5, 1, 4, 6])
  const rest = height.tiles * batch * height.stride * width.stride * inChannels
  const tiles = multiply(builder, columnMatrix(width), phased, [height.points, width.phaseColumns, rest])
  return reshape(builder, tiles, productShape(plan, height.stride * width.stride * inChannels))
}

/** dX → dx, the adjoint of `transformInput`. */
function restoreInput(builder: GraphBuilder, plan: TiledConvolution, dX: Value): Value {
  const { height, width, batch, inChannels } = plan
  const rest = height.tiles * batch * height.stride * width.stride * inChannels
  const tiles = multiply(builder, transposed(columnMatrix(width)), dX, [
    height.points,
    width.points * width.tiles,
    rest
  ])
  const split = [height.points, width.phaseColumns, height.tiles, batch, height.stride, width.stride, inChannels]
  const phased = rearrange(builder, tiles, split, [0, 4, 2, 1, 5, 3, 6])
  const columns = width.stride * width.phaseColumns
  const rowCount = height.points * height.stride * height.tiles
  const rows = multiply(builder, transposed(rowMatrix(height)), phased, [rowCount, columns * batch * inChannels])
  const margins = widthMargins(plan)
  const aligned = reshape(builder, rows, [height.inputs, columns, batch, inChannels])
  return adjustWidth(builder, aligned, -margins.before, -margins.after)
}

/** Y → y */
function transformOutput(builder: GraphBuilder, plan: TiledConvolution, products: Value): Value {
  const { height, width, batch, outChannels } = plan
  const rest = height.tiles * batch * outChannels
  const columns = multiply(builder, outputMatrix(width), products, [height.points, width.points * width.tiles, rest])
  const split = [height.points, width.outputs, height.tiles, batch * outChannels]
  const turned = rearrange(builder, columns, split, [0, 2, 1, 3])
  const rowShape = [height.points * height.tiles, width.outputs * batch * outChannels]
  const rows = multiply(builder, outputMatrix(height), turned, rowShape)
  return reshape(builder, rows, [height.outputs, width.outputs, batch, outChannels])
}

/** dy → dY, the adjoint of `transformOutput`. */
function spreadOutput(builder: GraphBuilder, plan: TiledConvolution, dy: Value): Value {
  const { height, width, batch, outChannels } = plan
  const rowShape = [height.outputs, width.outputs * batch * outChannels]
  const rows = multiply(builder, transposed(outputMatrix(height)), dy, rowShape)
  const split = [height.points, height.tiles, width.outputs, batch * outChannels]
  const turned = rearrange(builder, rows, split, [0, 2, 1, 3])
  const rest = height.tiles * batch * outChannels
  const columns = multiply(builder, transposed(outputMatrix(width)), turned, [height.points, width.outputs, rest])
  return reshape(builder, columns, productShape(plan, outChannels))
}

/** `[points², tiles² · batch, channels]` */
const productShape = ({ height, width, batch }: TiledConvolution, channels: number): number[] => [
  height.points * width.points,
  width.tiles * height.tiles * batch,
  channels
]

const kernelSize = ({ height, width }: TiledConvolution): number => height.kernel * width.kernel

/** w `[kh, kw, in, out]` → U */
function transformKernel(builder: GraphBuilder, plan: TiledConvolution, w: Value): Value {
  const { height, width, inChannels, outChannels } = plan
  const u = multiply(builder, kernelMatrix(height, width), w, [kernelSize(plan), inChannels * outChannels])
  const phases = height.stride * width.stride
  return reshape(builder, u, [height.points * width.points, phases * inChannels, outChannels])
}

/** dU → dw, the adjoint of `transformKernel`. */
function restoreKernel(builder: GraphBuilder, plan: TiledConvolution, dU: Value): Value {
  const { height, width, inChannels, outChannels } = plan
  const by = transposed(kernelMatrix(height, width))
  const w = multiply(builder, by, dU, [by.columns, inChannels * outChannels])
  return reshape(builder, w, [height.kernel, width.kernel, inChannels, outChannels])
}

const product = (builder: GraphBuilder, a: Value, b: Value): Value => builder.op('MatMul', [a, b], {})
const swapped = (builder: GraphBuilder, x: Value): Value => transpose(builder, x, [0, 2, 1])

export const tiledConvolution = (plan: TiledConvolution): ConvolutionAlgorithm => ({
  forward: (builder, x, w) => {
    const products = product(builder, transformInput(builder, plan, x), transformKernel(builder, plan, w))
    return transformOutput(builder, plan, products)
  },
  inputGradient: (builder, dy, w) => {
    const kernel = swapped(builder, transformKernel(builder, plan, w))
    return restoreInput(builder, plan, product(builder, spreadOutput(builder, plan, dy), kernel))
  },
  filterGradient: (builder, x, dy) => {
    const inputs = swapped(builder, transformInput(builder, plan, x))
    return restoreKernel(builder, plan, product(builder, inputs, spreadOutput(builder, plan, dy)))
  }
})
