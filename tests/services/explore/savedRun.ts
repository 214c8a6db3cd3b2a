import { join } from 'node:path'
import type { RunFile } from '../../../src/main/checkpoints/runFile'
import { createRun, type Run } from '../../../src/main/checkpoints/runFolder'
import { writeCheckpoint } from '../../../src/main/checkpoints/writeCheckpoint'
import { initialState } from '../../../src/main/step/initialState'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import { temporaryFolder } from '../../support/temporaryFolder'
import { tinyRun } from '../../train/support/sessions'

export interface SavedRun extends Run {
  readonly checkpoint: string
}

/**
 * A run with a checkpoint at step 6, as training would leave it, with the initial weights in it. Its average differs
 * from its generator: all biases of the average are 0.1.
 *
 * @param runsFolder a temporary one when left out
 */
export async function savedRun(
  configuration: RunConfiguration = tinyRun(),
  runsFolder?: string,
  data: RunFile['data'] = { source: 'flowers', fingerprint: null }
): Promise<SavedRun> {
  const run = await createRun(runsFolder ?? join(await temporaryFolder(), 'runs'), {
    name: 'saved',
    configuration,
    data,
    engine: 'cpu',
    versions: {}
  })
  return { ...run, checkpoint: await writeState(run.folder, configuration, 6) }
}

/** Another checkpoint of the run, of the same weights. */
export function writeState(folder: string, configuration: RunConfiguration, step: number): Promise<string> {
  const state = new Map(
    Array.from(initialState(configuration), ([name, tensor]) =>
      name.startsWith('ema/') && name.endsWith('/bias')
        ? [name, { ...tensor, data: tensor.data.map(() => 0.1) }]
        : [name, tensor]
    )
  )
  return writeCheckpoint(folder, {
    step,
    kimg: 0.1,
    metrics: null,
    configuration,
    engine: 'cpu',
    versions: {},
    state
  })
}
