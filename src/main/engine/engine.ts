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

/** A program made ready to run. */
export interface Executable<Input extends string = string, Output extends string = string> {
  /** Facts for logs and reports; unknown ones are left out. */
  readonly facts: { readonly compileMs?: number; readonly nodes?: number; readonly flops?: number }
  /**
   * Runs once. What the program assigned is in `state` afterwards.
   *
   * @throws KwiatError `engine-failed` when the engine fails; `state` is then unchanged
   */
  run(state: EngineState, inputs: Readonly<Record<Input, HostTensor>>): Promise<Record<Output, HostTensor>>
  dispose(): Promise<void>
}

export interface Engine {
  readonly id: string
  /** One line for people, as "onnxruntime 1.30.0 on cpu, 2 threads". */
  readonly description: string
  /** Largest relative difference from the reference that counts as agreement, for one kernel. */
  readonly tolerance: number
  prepare<Input extends string, Output extends string>(
    program: Program<Input, Output>
  ): Promise<Executable<Input, Output>>
  createState(tensors: ReadonlyMap<string, HostTensor>): Promise<EngineState>
  /** Frees everything that was prepared; nothing of it can be run any more. */
  dispose(): Promise<void>
}
