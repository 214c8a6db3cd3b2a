import type * as ort from 'onnxruntime-node'
import type { HostTensor } from '../../../shared/tensor'
import { type OrtState, tensorNamed } from './ortState'
import { specOf, toHost, toOrt, zeros } from './tensors'

/**
 * Tensors in the memory of this process, each twice where programs assign it: what a call reads, and where it writes.
 * After the call the two change places, so that nothing is allocated or copied between calls, and a call that fails
 * leaves the state as it was.
 */
export class HostState implements OrtState {
  readonly #current: Map<string, ort.Tensor>
  readonly #spare = new Map<string, ort.Tensor>()

  constructor(tensors: ReadonlyMap<string, HostTensor>) {
    this.#current = new Map(
      Array.from(tensors, ([name, tensor]) => [name, toOrt({ ...tensor, data: tensor.data.slice() })])
    )
  }

  get(name: string): ort.Tensor {
    return tensorNamed(this.#current, name)
  }

  placeFor(name: string): ort.Tensor {
    const spare = this.#spare.get(name) ?? toOrt(zeros(specOf(this.get(name))))
    this.#spare.set(name, spare)
    return spare
  }

  replace(next: ReadonlyMap<string, ort.Tensor>): void {
    for (const [name, tensor] of next) {
      this.#spare.set(name, this.get(name))
      this.#current.set(name, tensor)
    }
  }

  async read(names: readonly string[] = [...this.#current.keys()]): Promise<Map<string, HostTensor>> {
    return new Map(names.map((name) => [name, toHost(this.get(name))]))
  }

  async dispose(): Promise<void> {
    this.#current.clear()
    this.#spare.clear()
  }
}
