import type { TrainingEvent } from '../../shared/contract/training'
import type { PreparedStep } from './prepareStep'
import type { RunStart } from './runStart'

/** The event that tells that training begins. */
export const describeStart = (
  run: string,
  { configuration, pictures, fromStep, notices }: RunStart,
  { parameters, executable: { facts } }: PreparedStep,
  engine: string
): TrainingEvent => ({
  event: 'prepared',
  run,
  engine,
  pictures: pictures.count,
  parameters,
  compileMs: facts.compileMs ?? null,
  flops: facts.flops ?? null,
  fromStep,
  toStep: configuration.schedule.steps,
  notices: [...notices]
})
