import type * as ort from 'onnxruntime-node'
import type { HostTensor } from '../../../shared/tensor'
import type { Courier } from './courier'
import { type OrtState, tensorNamed } from './ortState'

/**
 * Tensors in the memory of a GPU. A call writes to new buffers; those that it replaces go back to the runtime's pool at
 * once, so that as many are in use after each call. A call that fails leaves the state as it was.
 */
export class DeviceState implements OrtState {
  readonly #courier: Courier
  readonly #tensors: Map<string, ort.Tensor>

  private constructor(courier: Courier, tensors: Map<string, ort.Tensor>) {
    this.#courier = courier
    this.#tensors = tensors
  }

  static async create(courier: Courier, tensors: ReadonlyMap<string, HostTensor>): Promise<DeviceState> {
    const onDevice = new Map<string, ort.Tensor>()
    for (const [name, tensor] of tensors) {
      onDevice.set(name, await courier.bring(tensor))
    }
    return new DeviceState(courier, onDevice)
  }

  get(name: string): ort.Tensor {
    return tensorNamed(this.#tensors, name)
  }

  /** The runtime ignores a place on the device that it is given. */
  placeFor(): null {
    return null
  }

  replace(next: ReadonlyMap<string, ort.Tensor>): void {
    for (const [name, tensor] of next) {
      this.get(name).dispose()
      this.#tensors.set(name, tensor)
    }
  }

  async read(names: readonly string[] = [...this.#tensors.keys()]): Promise<Map<string, HostTensor>> {
    const read = new Map<string, HostTensor>()
    for (const name of names) {
      read.set(name, await this.#courier.fetch(this.get(name)))
    }
    return read
  }

  async dispose(): Promise<void> {
    for (const tensor of this.#tensors.values()) {
      tensor.dispose()
    }
    this.#tensors.clear()
  }
}
