import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { EngineChoice } from '../../shared/contract/training'
import type { HostTensor } from '../../shared/tensor'
import type { TrainingPictures } from './trainingPictures'

/** A run that is about to train: where it stands in its iterations and what it needs for the next one. */
export interface RunStart {
  readonly configuration: RunConfiguration
  readonly engine: EngineChoice
  readonly pictures: TrainingPictures
  /** All tensors of the run after `fromStep` iterations; emptied once an engine has them, since they are large. */
  readonly state: Map<string, HostTensor>
  readonly fromStep: number
  /** The step that the newest checkpoint holds; null as long as there is none. */
  readonly savedStep: number | null
  /** Thousand real pictures shown before this session. */
  readonly kimgBefore: number
  /** Seconds of training before this session. */
  readonly secondsBefore: number
  /** What the user should know although training can start. */
  readonly notices: readonly string[]
  /**
   * The run's folder, locked. A new one is made only now, so that a run that can't be compiled leaves nothing behind.
   *
   * @throws KwiatError `run-exists`, `run-locked`, `disk-full`, `disk-unwritable`
   */
  claimFolder(): Promise<string>
  /** Closes the pictures and releases the lock. */
  close(): Promise<void>
}
