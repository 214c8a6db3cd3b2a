import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import { transpose } from '../support'

/** tfjs' names of where the channels of a batch of pictures are. */
export type DataFormat = 'NHWC' | 'NCHW' | 'NDHWC' | 'NCDHW'

const isChannelsFirst = (dataFormat: DataFormat): boolean => dataFormat === 'NCHW' || dataFormat === 'NCDHW'

const from = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, i) => first + i)

/** `[batch, …sides, channels]` → `[batch, channels, …sides]`, the layout of ONNX; as it is where it has that already. */
export const toChannelsFirst = (builder: GraphBuilder, x: Value, dataFormat: DataFormat = 'NHWC'): Value =>
  isChannelsFirst(dataFormat) ? x : transpose(builder, x, [0, x.shape.length - 1, ...from(1, x.shape.length - 1)])

/** `[batch, channels, …sides]` → `dataFormat`. */
export const fromChannelsFirst = (builder: GraphBuilder, x: Value, dataFormat: DataFormat = 'NHWC'): Value =>
  isChannelsFirst(dataFormat) ? x : transpose(builder, x, [0, ...from(2, x.shape.length), 1])

/** `[a, b, …rest]` → `[b, a, …rest]`. */
export const swapFirst = (builder: GraphBuilder, x: Value): Value =>
  transpose(builder, x, [1, 0, ...from(2, x.shape.length)])

/** A kernel `[…sides, in, out]` → `[out, in, …sides]`. */
export const kernelToOnnx = (builder: GraphBuilder, filter: Value): Value => {
  const rank = filter.shape.length
  return transpose(builder, filter, [rank - 1, rank - 2, ...from(0, rank - 2)])
}

/** A kernel `[out, in, …sides]` → `[…sides, in, out]`. */
export const kernelFromOnnx = (builder: GraphBuilder, kernel: Value): Value =>
  transpose(builder, kernel, [...from(2, kernel.shape.length), 1, 0])

/** A depthwise kernel `[height, width, channels, multiplier]` → `[channels · multiplier, 1, height, width]`. */
export function depthwiseToOnnx(builder: GraphBuilder, filter: Value): Value {
  const kernel = transpose(builder, filter, [2, 3, 0, 1])
  const [channels, multiplier, height, width] = shape4(kernel.shape)
  return builder.op('Reshape', [kernel], { shape: [channels * multiplier, 1, height, width] })
}

/** A shape of rank 4, as tfjs' arithmetic of windows wants it. */
export function shape4(shape: readonly number[]): [number, number, number, number] {
  const [a, b, c, d] = shape
  if (shape.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new Error(`lowering: expected rank 4, got [${shape.join(',')}]`)
  }
  return [a, b, c, d]
}

/** A shape of rank 5. */
export function shape5(shape: readonly number[]): [number, number, number, number, number] {
  const [a, ...rest] = shape
  if (a === undefined || rest.length !== 4) {
    throw new Error(`lowering: expected rank 5, got [${shape.join(',')}]`)
  }
  return [a, ...shape4(rest)]
}
