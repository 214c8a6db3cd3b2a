import type { FusedConv2DAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'
import { addBiasAndActivate, type Epilogue } from './activation'
import { conv2D } from './Conv2D'

/** activation(Conv2D(x, filter) + bias), the bias being `[out]`. */
export const fusedConv2DLowering = defineLowering<
  { readonly x: Value; readonly filter: Value } & Epilogue & { readonly [name: string]: Value | undefined },
  FusedConv2DAttrs
>('FusedConv2D', ({ x, filter, ...epilogue }, attributes, trace) =>
  addBiasAndActivate(trace.builder, conv2D(trace, x, filter, attributes), epilogue, attributes, attributes.dataFormat)
)
