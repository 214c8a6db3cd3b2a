import * as ort from 'onnxruntime-node'
import { type HostTensor, sizeOf, type TensorData, type TensorSpec } from '../../../shared/tensor'

const emptyOf = {
  float32: (size: number) => new Float32Array(size),
  int32: (size: number) => new Int32Array(size),
  uint8: (size: number) => new Uint8Array(size),
  bool: (size: number) => new Uint8Array(size)
} as const

export const toOrt = ({ dtype, data, shape }: HostTensor): ort.Tensor => new ort.Tensor(dtype, data, shape)

/** Element type and shape, wherever the tensor is. */
export function specOf({ type, dims }: ort.Tensor): TensorSpec {
  if (type !== 'float32' && type !== 'int32' && type !== 'uint8' && type !== 'bool') {
    throw new Error(`ort: expected a tensor of float32, int32, uint8 or bool, got ${type}`)
  }
  return { dtype: type, shape: dims }
}

/** A copy of a tensor in this process' memory. */
export function toHost(tensor: ort.Tensor): HostTensor {
  const { data } = tensor
  if (!(data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array)) {
    throw new Error(`ort: expected a tensor in host memory, got one of ${tensor.type}`)
  }
  const copy: TensorData = data.slice()
  return { ...specOf(tensor), data: copy }
}

/** Zeros of that type and shape. */
export const zeros = ({ dtype, shape }: TensorSpec): HostTensor => ({
  dtype,
  shape,
  data: emptyOf[dtype](sizeOf(shape))
})

/** Tensors of one type one behind the other along a new first axis: `[count, …shape]`. */
export function stack(tensors: readonly HostTensor[]): HostTensor {
  const [first] = tensors
  if (first === undefined) {
    throw new Error('stack: expected at least one tensor, got none')
  }
  const { dtype, shape } = first
  const stacked = zeros({ dtype, shape: [tensors.length, ...shape] })
  tensors.forEach(({ data }, position) => {
    stacked.data.set(data, position * sizeOf(shape))
  })
  return stacked
}

/** The parts of a stacked tensor. */
export function unstack({ dtype, shape, data }: HostTensor): HostTensor[] {
  const [count = 0, ...rest] = shape
  const size = sizeOf(rest)
  return Array.from({ length: count }, (_, i) => ({ dtype, shape: rest, data: data.slice(i * size, (i + 1) * size) }))
}
