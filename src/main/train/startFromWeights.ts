import { basename, resolve } from 'node:path'
import type { Role } from '../../shared/architecture/roles'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { EngineChoice } from '../../shared/contract/training'
import { createRun, type Run } from '../checkpoints/runFolder'
import { matchWeights } from '../checkpoints/weights/matchWeights'
import { readWeights } from '../checkpoints/weights/readWeights'
import { writeCheckpoint } from '../checkpoints/writeCheckpoint'
import { flowersName } from '../data/detectSource'
import { nodeDisk } from '../files/disk'
import { analyzeArchitecture } from '../model/analysis'
import { initialState } from '../step/initialState'
import { versions } from './versions'

export interface WeightsRequest {
  /** Path of the file with the weights. */
  readonly weights: string
  readonly configuration: RunConfiguration
  /** Path of the pictures, or "flowers". */
  readonly data: string
  readonly runsFolder: string
  readonly name: string
  readonly engine: EngineChoice
}

export interface RunFromWeights {
  readonly run: Run
  /** What was taken, and what begins anew. */
  readonly notices: readonly string[]
}

const list = (roles: readonly Role[]): string => roles.join(' and ')

/**
 * Makes a run that begins at step 0 with weights of another program; what the file has not (the other network, the
 * optimisers' averages) begins as in a new run. The folder appears with all of it or not at all.
 *
 * @throws KwiatError `weights-mismatch`, `model-unreadable`, `architecture-invalid`, `disk-full`, `disk-unwritable`
 */
export async function startFromWeights(request: WeightsRequest): Promise<RunFromWeights> {
  const { configuration, data, runsFolder, name, engine } = request
  const file = basename(request.weights)
  const state = initialState(configuration)
  const analysis = analyzeArchitecture(configuration.architecture)
  const matched = matchWeights(await readWeights(request.weights), analysis, file)
  for (const [path, tensor] of matched.state) {
    state.set(path, tensor)
  }
  const source = { source: data === flowersName ? data : resolve(data), fingerprint: null }
  const facts = { name, configuration, data: source, engine: engine.id, threads: engine.threads, versions }
  const run = await createRun(runsFolder, facts, nodeDisk, async (unfinished) => {
    const start = { step: 0, kimg: 0, metrics: null, configuration, engine: engine.id, versions, state }
    await writeCheckpoint(unfinished, start)
  })
  const isWhole = matched.networks.length === 2
  return {
    run,
    notices: [
      `The ${list(matched.networks)} begins with the weights of ${file}.`,
      isWhole
        ? 'The optimisers begin anew.'
        : `The ${matched.networks[0] === 'generator' ? 'discriminator' : 'generator'} and the optimisers begin anew.`
    ]
  }
}
