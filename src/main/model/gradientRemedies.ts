import * as tf from '@tensorflow/tfjs-core'

/**
 * Operations whose gradient tfjs 4.22 lacks or gets wrong, made of operations whose gradient is right. Each was found
 * by comparing with finite differences.
 */

type Pair = readonly [number, number]

/**
 * Repeats each pixel into a block: [batch, height, width, channels] to [batch, height · rows, width · columns, channels].
 * tfjs' gradient of resizeNearestNeighbor mixes up the pictures of a batch on its JavaScript backend.
 */
export function repeatPixels(x: tf.Tensor, [rows, columns]: Pair): tf.Tensor {
  const [batch, height, width, channels] = shapeOf4(x)
  const pixels = tf.reshape(x, [batch * height, 1, width, 1, channels])
  const blocks = tf.mul(pixels, tf.ones([1, rows, 1, columns, 1]))
  return tf.reshape(blocks, [batch, height * rows, width * columns, channels])
}

/**
 * A kernel [height, width, in, out] with `rate − 1` zeros between its rows and columns, for a dilated convolution.
 * tfjs' convolutions with dilation have no gradient.
 */
export function dilateKernel(kernel: tf.Tensor, [rowRate, columnRate]: Pair): tf.Tensor4D {
  const [height, width, inputs, outputs] = shapeOf4(kernel)
  const first = tf.tensor(
    Array.from({ length: rowRate * columnRate }, (_, position) => (position === 0 ? 1 : 0)),
    [1, rowRate, 1, columnRate, 1]
  )
  const spread = tf.mul(tf.reshape(kernel, [height, 1, width, 1, inputs * outputs]), first)
  const blocks = tf.reshape<tf.Rank.R4>(spread, [height * rowRate, width * columnRate, inputs, outputs])
  return tf.slice4d(blocks, [0, 0, 0, 0], [(height - 1) * rowRate + 1, (width - 1) * columnRate + 1, inputs, outputs])
}

interface AxisWindows {
  readonly before: number
  readonly after: number
  /** For each position of the window, how much of it lies on the picture. */
  readonly counts: readonly number[]
}

/** TensorFlow's rule of padding "same" for a window along one axis. */
function windowsOf(length: number, size: number, stride: number): AxisWindows {
  const positions = Math.ceil(length / stride)
  const total = Math.max((positions - 1) * stride + size - length, 0)
  const before = Math.floor(total / 2)
  const counts = Array.from({ length: positions }, (_, position) => {
    const start = position * stride - before
    return Math.min(start + size, length) - Math.max(start, 0)
  })
  return { before, after: total - before, counts }
}

/**
 * The mean of the pixels in each window, padding "same": what lies outside of the picture does not count.
 * tfjs' gradient divides by the whole window also where the mean was over a part of it.
 *
 * @param x [batch, height, width, channels]
 */
export function averagePoolSame(x: tf.Tensor, size: Pair, strides: Pair): tf.Tensor {
  const [, height, width] = shapeOf4(x)
  const rows = windowsOf(height, size[0], strides[0])
  const columns = windowsOf(width, size[1], strides[1])
  const padded = tf.pad4d(asMaps(x), [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0]
  ])
  const shares = rows.counts.flatMap((row) => columns.counts.map((column) => (size[0] * size[1]) / (row * column)))
  const correction = tf.tensor(shares, [1, rows.counts.length, columns.counts.length, 1])
  return tf.mul(tf.avgPool(padded, [...size], [...strides], 'valid'), correction)
}

function shapeOf4({ shape }: tf.Tensor): readonly [number, number, number, number] {
  const [a, b, c, d] = shape
  if (shape.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new Error(`expected a tensor of four dimensions, got [${shape}]`)
  }
  return [a, b, c, d]
}

/** The same tensor, known to have four dimensions. */
export const asMaps = (x: tf.Tensor): tf.Tensor4D => tf.reshape<tf.Rank.R4>(x, [...shapeOf4(x)])
