import type { HostTensor } from '../../shared/tensor'
import type { Program } from '../step/program'

/**
 * State that an engine keeps wherever it likes (host memory, a GPU): all weights, slots and averages by name.
 * Programs of the same engine share one state.
 */
export interface EngineState {
  /** Copies the named tensors to the host; all of them when no names are given. */
  read(names?: readonly string[]): Promise<Map<string, HostTensor>>
  dispose(): Promise<void>
}

/** An operator that a GPU engine left to the CPU, or a tensor's trip over the bus that comes of it. */
export interface Fallback {
  /** ONNX' name. */
  readonly operator: string
  /** Where it stands: `<layer>/<kernel>/<operator>_<number>`. */
  readonly node: string
  readonly ms: number
}

/** A program made ready to run. */
export interface Executable<Input extends string = string, Output extends string = string> {
  /** Facts for logs and reports; unknown ones are left out. */
  readonly facts: {
    readonly compileMs?: number
    readonly nodes?: number
    readonly flops?: number
    /** Known after the first run of a GPU engine. */
    readonly fallbacks?: readonly Fallback[]
  }
  /**
   * Runs once for each of `inputs`, in order; gives the outputs of each. What the program assigned is in `state`
   * afterwards.
   *
   * @throws KwiatError `engine-failed`, `out-of-memory` or `device-lost` when the engine fails; `state` then is as it was
   * before one of the runs, the first one where the engine makes them in one call
   */
  runAll(
    state: EngineState,
    inputs: readonly Readonly<Record<Input, HostTensor>>[]
  ): Promise<Record<Output, HostTensor>[]>
  /** Runs once, as `runAll` does. */
  run(state: EngineState, inputs: Readonly<Record<Input, HostTensor>>): Promise<Record<Output, HostTensor>>
  dispose(): Promise<void>
}

/** Bytes that crossed between this process and the memory in which an engine computes, since the engine was made. */
export interface Transfers {
  readonly bytesToDevice: number
  readonly bytesFromDevice: number
}

export interface PrepareOptions {
  /** Whether `runAll` makes its runs in one call of the engine, where the engine can; the state then crosses the bus once. */
  readonly inOneCall?: boolean
}

export interface Engine {
  readonly id: string
  /** One line for people, as "onnxruntime 1.30.0 on cpu, 2 threads". */
  readonly description: string
  /** Largest relative difference from the reference that counts as agreement, for one kernel. */
  readonly tolerance: number
  /** Whether it computes in a memory other than this process'. */
  readonly isDevice: boolean
  /** Whether the state crosses to the device and back with each call, so that several runs in one call are faster. */
  readonly movesState: boolean
  readonly transfers: Transfers
  prepare<Input extends string, Output extends string>(
    program: Program<Input, Output>,
    options?: PrepareOptions
  ): Promise<Executable<Input, Output>>
  createState(tensors: ReadonlyMap<string, HostTensor>): Promise<EngineState>
  /** Frees everything that was prepared; nothing of it can be run any more. */
  dispose(): Promise<void>
}
