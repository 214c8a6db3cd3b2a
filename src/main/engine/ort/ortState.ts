import type * as ort from 'onnxruntime-node'
import type { EngineState } from '../engine'

/** State as onnxruntime's calls read and write it. */
export interface OrtState extends EngineState {
  /** @throws where there is no tensor of that name */
  get(name: string): ort.Tensor
  /** Where a call shall write the next value of `name`; null where the runtime makes a place itself. */
  placeFor(name: string): ort.Tensor | null
  /** Makes what a call wrote current. */
  replace(next: ReadonlyMap<string, ort.Tensor>): void
}

export const isOrtState = (state: EngineState): state is OrtState => 'placeFor' in state

/** The tensor of that name. */
export function tensorNamed(tensors: ReadonlyMap<string, ort.Tensor>, name: string): ort.Tensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) {
    throw new Error(`ort: expected state with ${name}, got one without`)
  }
  return tensor
}
