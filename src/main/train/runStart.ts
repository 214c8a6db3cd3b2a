import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { HostTensor } from '../../shared/tensor'
import type { Run } from '../checkpoints/runFolder'
import type { TrainingPictures } from './trainingPictures'

/** A run that is ready to train: where it stands on the disk and in its iterations. */
export interface RunStart {
  readonly run: Run
  readonly configuration: RunConfiguration
  readonly pictures: TrainingPictures
  /** All tensors of the run after `fromStep` iterations; emptied once an engine has them, since they are large. */
  readonly state: Map<string, HostTensor>
  readonly fromStep: number
  /** Seconds of training before this session. */
  readonly secondsBefore: number
  /** What the user should know although training can start. */
  readonly notices: readonly string[]
}
