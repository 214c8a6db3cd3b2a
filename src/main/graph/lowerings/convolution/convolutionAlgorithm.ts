import type { GraphBuilder } from '../../ir/builder'
import type { Value } from '../../ir/value'
import { transpose } from '../support'

/**
 * One way to compute a convolution of a given shape and its two gradients, on pictures in the order
 * `[height, width, batch, channels]` and kernels `[height, width, in, out]`.
 */
export interface ConvolutionAlgorithm {
  /** y of x and w. */
  forward(builder: GraphBuilder, x: Value, w: Value): Value
  /** dx of dy and w. */
  inputGradient(builder: GraphBuilder, dy: Value, w: Value): Value
  /** dw of x and dy. */
  filterGradient(builder: GraphBuilder, x: Value, dy: Value): Value
}

/** w[i, j, in, out] → w[−i, −j, out, in]. */
function mirrored(builder: GraphBuilder, w: Value): Value {
  const flipped = builder.op('Slice', [w], {
    starts: [-1, -1],
    ends: [-w.shape[0]! - 1, -w.shape[1]! - 1],
    axes: [0, 1],
    steps: [-1, -1]
  })
  return transpose(builder, flipped, [0, 1, 3, 2])
}

/**
 * The convolution whose adjoint, with a mirrored kernel, `adjoint` computes: its forward pass is the other's input
 * gradient and the other way round.
 */
export const mirroredConvolution = (adjoint: ConvolutionAlgorithm): ConvolutionAlgorithm => ({
  forward: (builder, x, w) => adjoint.inputGradient(builder, x, mirrored(builder, w)),
  inputGradient: (builder, dy, w) => adjoint.forward(builder, dy, mirrored(builder, w)),
  filterGradient: (builder, x, dy) => mirrored(builder, adjoint.filterGradient(builder, dy, x))
})
