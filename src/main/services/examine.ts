import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Examination } from '../../shared/contract/app'
import { versions } from '../train/versions'
import { findAdapters } from './engines/adapters'
import type { EngineTrials } from './engines/engineTrials'
import { userFolders } from './userFolders'

/** Everything that one would ask for when something does not work. */
export async function examine(trials: EngineTrials): Promise<Examination> {
  const { pictures, runs } = userFolders()
  return {
    versions: { ...versions },
    system: `${process.platform} ${process.arch}`,
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    folders: { pictures, runs },
    adapters: await findAdapters(),
    engines: await trials.probeAll()
  }
}
