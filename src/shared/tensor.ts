/** Element types that cross the boundary of an engine. */
export type DataType = 'float32' | 'int32' | 'uint8' | 'bool'

/** A tensor's element type and shape, e.g. `[batch, height, width, channels]`. */
export interface TensorSpec {
  readonly dtype: DataType
  readonly shape: readonly number[]
}

export type TensorData = Float32Array | Int32Array | Uint8Array

/** A tensor in the memory of this process; `data` is row-major with Π shape elements. bool is one byte an element. */
export interface HostTensor extends TensorSpec {
  readonly data: TensorData
}

/** Number of elements of a tensor of this shape: Π dims; 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1)

export const float32 = (data: Float32Array, shape: readonly number[]): HostTensor => ({ dtype: 'float32', shape, data })

/** A float32 scalar of shape []. */
export const scalar = (value: number): HostTensor => float32(Float32Array.of(value), [])
