import type { Conv2DBackpropFilterAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { describeConvolution2D, filterGradient } from './convolution/convolution2D'

/** Gradient of Conv2D with respect to its filter: x `[batch, height, width, in]` → `[height, width, in, out]`. */
export const conv2DBackpropFilterLowering = defineLowering<
  { readonly x: Value; readonly dy: Value },
  Conv2DBackpropFilterAttrs
>('Conv2DBackpropFilter', ({ x, dy }, attributes, trace) =>
  filterGradient(trace, describeConvolution2D(trace, x.shape, attributes.filterShape, attributes), x, dy)
)
