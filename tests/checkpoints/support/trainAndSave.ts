import { saverHere } from '../../../src/main/checkpoints/checkpointSaver'
import { listCheckpoints } from '../../../src/main/checkpoints/listCheckpoints'
import { readCheckpoint } from '../../../src/main/checkpoints/readCheckpoint'
import { lockRun } from '../../../src/main/checkpoints/runLock'
import { firstState, nextState } from './evolvingState'
import { contentsAt, keeping } from './states'

/**
 * A trainer that saves after each of its steps: it goes on from the newest whole checkpoint by a rule that depends on
 * the state and the step alone. Run by the test of killing, with the run's folder as its argument; it begins to train
 * when a line comes, so that its start takes no part in the test.
 */
async function trainAndSave(run: string): Promise<void> {
  await lockRun(run)
  let { step, state } = await newest(run)
  process.stdout.write('locked\n')
  for (;;) {
    step++
    state = nextState(state, step)
    await saverHere.save({ runFolder: run, contents: contentsAt(step, state), rule: keeping(3) })
    // Every other step a second time, so that the kill also meets replacing.
    if (step % 2 === 0) {
      await saverHere.save({ runFolder: run, contents: contentsAt(step, state), rule: keeping(3) })
    }
  }
}

async function newest(run: string) {
  for (const { folder } of await listCheckpoints(run)) {
    const { manifest, state } = await readCheckpoint(folder)
    return { step: manifest.step, state }
  }
  return { step: 0, state: firstState() }
}

const [, , run] = process.argv
if (run === undefined) {
  throw new Error('trainAndSave: the run’s folder is missing')
}
void trainAndSave(run)
