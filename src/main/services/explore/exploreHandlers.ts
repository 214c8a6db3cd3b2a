import { join } from 'node:path'
import type { ExploredModel } from '../../../shared/contract/explore'
import type { Handlers } from '../../../shared/contract/studio'
import { checkpointsFolder, stepName } from '../../checkpoints/checkpointPaths'
import { listCheckpoints } from '../../checkpoints/listCheckpoints'
import type { WorkshopClient } from '../../workshop/contract'
import type { RunLibrary } from '../runLibrary'
import type { ModelSource } from './openModel'

interface Parts {
  readonly library: RunLibrary
  readonly workshop: Pick<WorkshopClient, 'call'>
}

type ExploreHandlers = Pick<Handlers, Extract<keyof Handlers, `explore/${string}`>>

/** Answers the window's questions about trained generators, most of them by asking the workshop. */
export function exploreHandlers({ library, workshop }: Parts): ExploreHandlers {
  const sourceOf = async ({ run, step, weights }: ExploredModel): Promise<ModelSource> => ({
    checkpoint: join(checkpointsFolder((await library.get(run)).folder), stepName(step)),
    weights
  })
  return {
    'explore/run': async ({ run }) => {
      const { folder, file } = await library.get(run)
      const checkpoints = await listCheckpoints(folder)
      const { architecture, schedule } = file.configuration
      const { latentSize, pictureSize: size, channels } = architecture
      return {
        steps: checkpoints.flatMap(({ status, step }) => (status === 'complete' ? step : [])),
        latentSize,
        latentDistribution: schedule.latentDistribution,
        size,
        channels
      }
    },
    'explore/decode': async ({ run, ...params }, { signal }) => {
      const { architecture, data } = (await library.get(run)).file.configuration
      const shape = { size: architecture.pictureSize, channels: architecture.channels, crop: data.crop }
      return workshop.call('explore/decode', { ...params, ...shape }, { signal })
    },
    'explore/project': async ({ model, ...params }, context) =>
      workshop.call('explore/project', { ...params, model: await sourceOf(model) }, context),
    'explore/pictures': async ({ model, ...params }, { signal }) =>
      workshop.call('explore/pictures', { ...params, model: await sourceOf(model) }, { signal })
  }
}
