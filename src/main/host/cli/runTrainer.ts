import type { TrainRequest } from '../../../shared/contract/training'
import { startTrainer, type Trainer, type TrainingOutcome } from '../../trainer/owner'
import { trainerEntry } from '../builtFiles'
import { isRunByNpm } from './commandLine'
import { interruptedExitCode } from './exitCodes'
import type { Reporter } from './output/reporter'

/** npm hands the terminal's Ctrl-C on to what it runs, which has it from the terminal already. */
const echoMs = isRunByNpm ? 300 : 0

/** First Ctrl-C: save and stop. Second: end at once. A terminal or system that goes away: save and stop. */
function listenToSignals(trainer: Trainer, reporter: Reporter): () => void {
  let interruptedMs: number | undefined
  const onInterrupt = () => {
    const nowMs = performance.now()
    if (interruptedMs === undefined) {
      interruptedMs = nowMs
      reporter.note('Saving after this step … (Ctrl-C again ends at once and loses what is not saved)')
      trainer.stop()
    } else if (nowMs - interruptedMs >= echoMs) {
      trainer.kill()
      process.exit(interruptedExitCode)
    }
  }
  const onEnd = () => trainer.stop()
  const listeners = { SIGINT: onInterrupt, SIGTERM: onEnd, SIGHUP: onEnd }
  for (const [signal, listener] of Object.entries(listeners)) {
    process.on(signal, listener)
  }
  return () => {
    for (const [signal, listener] of Object.entries(listeners)) {
      process.off(signal, listener)
    }
  }
}

/** Trains in the trainer process; reports its events; gives how it ended. */
export async function runTrainer(request: TrainRequest, reporter: Reporter): Promise<TrainingOutcome> {
  const trainer = startTrainer(trainerEntry, request, reporter.event)
  const release = listenToSignals(trainer, reporter)
  try {
    return await trainer.outcome
  } finally {
    release()
  }
}
