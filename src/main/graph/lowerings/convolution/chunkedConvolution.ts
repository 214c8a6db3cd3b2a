import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import type { ConvolutionAlgorithm } from './convolutionAlgorithm'

/** Some pictures of a batch, and how they are convolved. */
export interface Chunk {
  readonly batch: number
  readonly algorithm: ConvolutionAlgorithm
}

const batchAxis = 2

/** The pictures of each chunk out of `[height, width, batch, channels]`. */
function split(builder: GraphBuilder, x: Value, chunks: readonly Chunk[]): Value[] {
  let start = 0
  return chunks.map(({ batch }) => {
    const end = start + batch
    const part = builder.op('Slice', [x], { starts: [start], ends: [end], axes: [batchAxis], steps: [1] })
    start = end
    return part
  })
}

const join = (builder: GraphBuilder, parts: readonly Value[]): Value => builder.op('Concat', parts, { axis: batchAxis })

/**
 * A convolution of a large batch in chunks one after the other, so that what is transformed for one is freed before the
 * next: pictures are independent, and the filter's gradient is the sum of the chunks'.
 */
export const chunkedConvolution = (chunks: readonly Chunk[]): ConvolutionAlgorithm => ({
  forward: (builder, x, w) =>
    join(
      builder,
      split(builder, x, chunks).map((part, i) => chunks[i]!.algorithm.forward(builder, part, w))
    ),
  inputGradient: (builder, dy, w) =>
    join(
      builder,
      split(builder, dy, chunks).map((part, i) => chunks[i]!.algorithm.inputGradient(builder, part, w))
    ),
  filterGradient: (builder, x, dy) => {
    const gradients = split(builder, dy, chunks)
    return split(builder, x, chunks)
      .map((part, i) => chunks[i]!.algorithm.filterGradient(builder, part, gradients[i]!))
      .reduce((sum, gradient) => builder.op('Add', [sum, gradient], {}))
  }
})
