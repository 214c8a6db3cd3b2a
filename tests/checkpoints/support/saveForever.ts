import { listCheckpoints } from '../../../src/main/checkpoints/listCheckpoints'
import { applyRetention } from '../../../src/main/checkpoints/retention'
import { lockRun } from '../../../src/main/checkpoints/runLock'
import { writeCheckpoint } from '../../../src/main/checkpoints/writeCheckpoint'
import { Random } from '../../../src/shared/random/random'
import { contentsAt, keeping, randomTensor } from './states'

/** A trainer that does nothing but save: run by the test of killing, with the run's folder as its argument. */
async function saveForever(run: string): Promise<void> {
  await lockRun(run)
  process.stdout.write('locked\n')
  const tensor = randomTensor(new Random(1, 'generate'), [100_000])
  const state = new Map(['generator/w', 'discriminator/w', 'ema/w', 'optimizer/w'].map((name) => [name, tensor]))
  for (let step = ((await listCheckpoints(run))[0]?.step ?? 0) + 1; ; step++) {
    await writeCheckpoint(run, contentsAt(step, state))
    // Every other step a second time, so that the kill also meets replacing.
    if (step % 2 === 0) {
      await writeCheckpoint(run, contentsAt(step, state))
    }
    await applyRetention(run, keeping(3))
  }
}

const [, , run] = process.argv
if (run === undefined) {
  throw new Error('saveForever: the run’s folder is missing')
}
void saveForever(run)
