import type { ResizeBilinearAttrs } from '@tensorflow/tfjs-core'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { type DenseMatrix, transposed } from './convolution/axis'
import { shape4 } from './convolution/layout'
import { linearMatrix, nearestMatrix, nearestSources, type Sampling, wholeFactor } from './interpolation'
import { expand, reshape, toDtype } from './support'

// Resizing is separable and linear: y = R · x · Cᵀ for each channel, with a row of R (C) for each row (column) of the
// result. Two products with constant matrices have the very weights of tfjs, where ONNX' Resize has dialects, and their
// adjoint is the product with the transposed matrices.

type MatrixOf = (source: number, target: number, sampling: Sampling) => DenseMatrix

/** x `[batch, height, width, channels]` → `[batch, rows.rows, columns.rows, channels]` */
function resample(builder: GraphBuilder, x: Value, rows: DenseMatrix, columns: DenseMatrix): Value {
  const [batch, height, width, channels] = shape4(x.shape)
  const [r, c] = [rows, columns].map((matrix) =>
    builder.constant('float32', [matrix.rows, matrix.columns], matrix.data)
  )
  const tall = builder.op('MatMul', [r!, reshape(builder, x, [batch, height, width * channels])], {})
  const wide = builder.op('MatMul', [c!, reshape(builder, tall, [batch * rows.rows, width, channels])], {})
  return reshape(builder, wide, [batch, rows.rows, columns.rows, channels])
}

const resize = (kernel: string, matrixOf: MatrixOf, keepsType: boolean): Lowering =>
  defineLowering<{ readonly images: Value }, ResizeBilinearAttrs>(kernel, ({ images }, attributes, { builder }) => {
    const [, height, width] = shape4(images.shape)
    const [newHeight, newWidth] = attributes.size
    const resized =
      (keepsType ? repeatWhole(builder, images, attributes) : undefined) ??
      resample(
        builder,
        toDtype(builder, images, 'float32'),
        matrixOf(height, newHeight, attributes),
        matrixOf(width, newWidth, attributes)
      )
    return toDtype(builder, resized, keepsType ? images.dtype : 'float32')
  })

/** tfjs' gradients forget about halfPixelCenters. */
const gradientSampling = ({ alignCorners }: Sampling): Sampling => ({ alignCorners, halfPixelCenters: false })

const resizeGradient = (kernel: string, matrixOf: MatrixOf): Lowering =>
  defineLowering<{ readonly images: Value; readonly dy: Value }, ResizeBilinearAttrs>(
    kernel,
    ({ images, dy }, attributes, { builder }) => {
      const [, height, width] = shape4(images.shape)
      const [, newHeight, newWidth] = shape4(dy.shape)
      const sampling = gradientSampling(attributes)
      return resample(
        builder,
        dy,
        transposed(matrixOf(height, newHeight, sampling)),
        transposed(matrixOf(width, newWidth, sampling))
      )
    }
  )

/** Nearest neighbours at a whole factor are copies, with no arithmetic: each pixel becomes a block. */
function repeatWhole(builder: GraphBuilder, x: Value, { size, ...sampling }: ResizeBilinearAttrs): Value | undefined {
  const [batch, height, width, channels] = shape4(x.shape)
  const rows = wholeFactor(nearestSources(height, size[0], sampling), height)
  const columns = wholeFactor(nearestSources(width, size[1], sampling), width)
  if (rows === undefined || columns === undefined) {
    return undefined
  }
  const pixels = reshape(builder, x, [batch, height, 1, width, 1, channels])
  return reshape(builder, expand(builder, pixels, [batch, height, rows, width, columns, channels]), [
    batch,
    size[0],
    size[1],
    channels
  ])
}

export const resizingLowerings: readonly Lowering[] = [
  resize('ResizeBilinear', linearMatrix, false),
  resize('ResizeNearestNeighbor', nearestMatrix, true),
  resizeGradient('ResizeBilinearGrad', linearMatrix),
  resizeGradient('ResizeNearestNeighborGrad', nearestMatrix)
]
