import { GraphBuilder } from '../ir/builder'
import type { Value } from '../ir/value'

/** What kinds of hardware a graph is lowered for; some lowerings are chosen by it. */
export type Target = 'cpu' | 'gpu'

export interface TraceOptions {
  readonly target: Target
  /** Names the layer that is being applied, if any. */
  readonly currentLayer: () => string | undefined
}

/** The recording of one run of a program: the graph so far, and what its kernels would cost. */
export class Trace {
  readonly builder = new GraphBuilder()
  readonly programName: string
  readonly target: Target
  readonly #currentLayer: () => string | undefined
  readonly #multiplyAdds = new Map<Value, number>()

  constructor(programName: string, options: TraceOptions) {
    this.programName = programName
    this.target = options.target
    this.#currentLayer = options.currentLayer
  }

  /**
   * Makes `kernel` the origin of what is built from here on. A gradient's kernels run outside of any layer; they
   * belong to the layer that made their inputs.
   */
  enterKernel(kernel: string, inputs: readonly Value[]): void {
    this.builder.origin = { kernel, layer: this.#currentLayer() ?? latestLayer(inputs) }
  }

  /** Notes the multiply-adds that the kernel behind `output` stands for, however it is lowered. */
  countMultiplyAdds(output: Value, multiplyAdds: number): void {
    this.#multiplyAdds.set(output, multiplyAdds)
  }

  /** Floating-point operations, two a multiply-add, of the kernels among `values`. */
  flopsOf(values: readonly Value[]): number {
    return 2 * values.reduce((sum, value) => sum + (this.#multiplyAdds.get(value) ?? 0), 0)
  }
}

const latestLayer = (inputs: readonly Value[]): string =>
  inputs.reduce((layer, value) => (value.kind === 'op' && value.origin.layer !== '' ? value.origin.layer : layer), '')
