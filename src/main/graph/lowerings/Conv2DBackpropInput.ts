import type { Conv2DBackpropInputAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { describeConvolution2D, inputGradient } from './convolution/convolution2D'

/** Gradient of Conv2D with respect to its input, and the forward pass of a transposed convolution. */
export const conv2DBackpropInputLowering = defineLowering<
  { readonly dy: Value; readonly filter: Value },
  Conv2DBackpropInputAttrs
>('Conv2DBackpropInput', ({ dy, filter }, attributes, trace) =>
  inputGradient(trace, describeConvolution2D(trace, attributes.inputShape, filter.shape, attributes), dy, filter)
)
