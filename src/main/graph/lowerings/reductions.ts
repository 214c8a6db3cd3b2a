import { util } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../../shared/tensor'
import type { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'
import { defineLowering, type Lowering } from '../trace/defineLowering'
import { filled, toDtype } from './support'

type ReduceOp = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd'

/** What an operator gives for no elements at all. */
const neutral: { readonly [Op in ReduceOp]: number } = {
  ReduceSum: 0,
  ReduceMean: Number.NaN,
  ReduceMax: Number.NEGATIVE_INFINITY,
  ReduceMin: Number.POSITIVE_INFINITY,
  ReduceProd: 1
}

/** x of float32 or int32, reduced along `axes`; ONNX reads no axes as all axes, tfjs as none. */
function reduce(builder: GraphBuilder, op: ReduceOp, x: Value, axes: readonly number[], keepDims = false): Value {
  if (axes.length === 0) {
    return x
  }
  const reduced = builder.op(op, [x], { axes, keepDims })
  const isEmpty = sizeOf(x.shape) === 0 && sizeOf(reduced.shape) > 0
  return isEmpty ? filled(builder, x.dtype === 'int32' ? 'int32' : 'float32', reduced.shape, neutral[op]) : reduced
}

interface Rule {
  readonly op: ReduceOp
  /** The type that is reduced. */
  readonly through: (x: Value) => 'float32' | 'int32'
  /** Whether the result has the type of x again. */
  readonly keepsType?: boolean
}

/** Booleans count as 0 and 1. */
const asNumber = (x: Value): 'float32' | 'int32' => (x.dtype === 'float32' ? 'float32' : 'int32')

const rules: { readonly [kernel: string]: Rule } = {
  All: { op: 'ReduceMin', through: () => 'int32', keepsType: true },
  Any: { op: 'ReduceMax', through: () => 'int32', keepsType: true },
  Max: { op: 'ReduceMax', through: asNumber, keepsType: true },
  Mean: { op: 'ReduceMean', through: () => 'float32' },
  Min: { op: 'ReduceMin', through: asNumber, keepsType: true },
  Prod: { op: 'ReduceProd', through: asNumber },
  Sum: { op: 'ReduceSum', through: asNumber }
}

/** Of Max, tfjs calls the axes otherwise. Without any it means all. */
interface ReductionAttrs {
  readonly axis?: number | number[] | null
  readonly reductionIndices?: number | number[] | null
  readonly keepDims: boolean
}

/** Kernels that fold one or more axes into one number. */
export const reductionLowerings: readonly Lowering[] = Object.entries(rules).map(
  ([kernel, { op, through, keepsType }]) =>
    defineLowering<{ readonly x: Value }, ReductionAttrs>(
      kernel,
      ({ x }, { axis, reductionIndices, keepDims }, { builder }) => {
        const axes = util.parseAxisParam(axis ?? reductionIndices ?? x.shape.map((_, i) => i), [...x.shape])
        const numbers = toDtype(builder, x, through(x))
        const reduced = reduce(builder, op, numbers, axes, keepDims)
        return keepsType ? toDtype(builder, reduced, x.dtype) : reduced
      }
    )
)
