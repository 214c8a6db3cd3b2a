import { join } from 'node:path'
import type { TrainingEvent, TrainRequest } from '../../../shared/contract/training'
import { startTrainer, type Trainer, type TrainingOutcome } from '../../trainer/owner'
import type { EventPrinter } from './output/progress'

/** The trainer's bundle stands beside this one. */
const trainerEntry = join(__dirname, 'trainer.cjs')

/** Exit code of a program that was ended by Ctrl-C, as shells have it. */
const interruptedExitCode = 130

/** First Ctrl-C: save and stop. Second: end at once. */
function stopOnInterrupt(trainer: Trainer): () => void {
  let interrupts = 0
  const onInterrupt = () => {
    interrupts++
    if (interrupts > 1) {
      trainer.kill()
      process.exit(interruptedExitCode)
    }
    process.stderr.write('\nSaving a checkpoint after this step … (Ctrl-C again ends at once and loses it)\n')
    trainer.stop()
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', trainer.stop)
  return () => {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', trainer.stop)
  }
}

/** Trains in the trainer process; prints its events; gives how it ended. */
export async function runTrainer(request: TrainRequest, print: EventPrinter): Promise<TrainingOutcome> {
  const trainer = startTrainer(trainerEntry, request, (event: TrainingEvent) => print(event))
  const release = stopOnInterrupt(trainer)
  try {
    return await trainer.outcome
  } finally {
    release()
  }
}
