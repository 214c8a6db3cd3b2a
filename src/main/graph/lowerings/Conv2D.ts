import type { Conv2DAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import type { Trace } from '../trace/trace'
import { describeConvolution2D, forward } from './convolution/convolution2D'

/** x `[batch, height, width, in]`, filter `[height, width, in, out]` → `[batch, height′, width′, out]`. */
export const conv2D = (trace: Trace, x: Value, filter: Value, attributes: Conv2DAttrs): Value =>
  forward(trace, describeConvolution2D(trace, x.shape, filter.shape, attributes), x, filter)

export const conv2DLowering = defineLowering<{ readonly x: Value; readonly filter: Value }, Conv2DAttrs>(
  'Conv2D',
  ({ x, filter }, attributes, trace) => conv2D(trace, x, filter, attributes)
)
