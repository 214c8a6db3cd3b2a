import { join } from 'node:path'
import type { ExploredModel } from '../../../shared/contract/explore'
import type { Handlers } from '../../../shared/contract/studio'
import { fromLatentBytes, toLatentBytes } from '../../../shared/latent/latentBytes'
import { checkpointsFolder, stepName } from '../../checkpoints/checkpointPaths'
import { listCheckpoints } from '../../checkpoints/listCheckpoints'
import { exists } from '../../files/exists'
import { decodeLatents } from '../../latent/latentsFile'
import type { WorkshopClient } from '../../workshop/contract'
import type { RunLibrary } from '../runLibrary'
import type { Favourite, Keepsakes, SavedDirection } from './keepsakes'
import type { ModelSource } from './openModel'
import type { RunSnapshots } from './runSnapshots'

interface Parts {
  readonly library: RunLibrary
  readonly workshop: Pick<WorkshopClient, 'call'>
  readonly keepsakes: Keepsakes
  readonly snapshots: RunSnapshots
}

type ExploreHandlers = Pick<Handlers, Extract<keyof Handlers, `explore/${string}`>>
type Of<Action extends string> = Pick<ExploreHandlers, Extract<keyof ExploreHandlers, `explore/${Action}`>>

const checkpointOf = (runFolder: string, step: number): string => join(checkpointsFolder(runFolder), stepName(step))

/** Answers the window's questions about trained generators, most of them by asking the workshop. */
export const exploreHandlers = (parts: Parts): ExploreHandlers => ({
  ...modelHandlers(parts),
  ...latentsHandlers(parts),
  ...favouriteHandlers(parts),
  ...directionHandlers(parts)
})

async function sourceOf({ library, snapshots }: Parts, { run, step, weights }: ExploredModel): Promise<ModelSource> {
  const { folder } = await library.get(run)
  return step === 'training'
    ? { checkpoint: snapshots.newest(run).folder, snapshotOf: folder, weights }
    : { checkpoint: checkpointOf(folder, step), weights }
}

const modelHandlers = (
  parts: Parts
): Of<'run' | 'snapshot' | 'pictures' | 'decode' | 'project' | 'directions' | 'neighbours'> => ({
  'explore/run': async ({ run }) => {
    const { folder, file } = await parts.library.get(run)
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
  'explore/snapshot': async ({ run }) => ({ step: (await parts.snapshots.take(run)).step }),
  'explore/pictures': async ({ model, ...params }, { signal }) =>
    parts.workshop.call('explore/pictures', { ...params, model: await sourceOf(parts, model) }, { signal }),
  'explore/decode': async ({ run, ...params }, { signal }) => {
    const { architecture, data } = (await parts.library.get(run)).file.configuration
    const shape = { size: architecture.pictureSize, channels: architecture.channels, crop: data.crop }
    return parts.workshop.call('explore/decode', { ...params, ...shape }, { signal })
  },
  'explore/project': async ({ model, ...params }, context) =>
    parts.workshop.call('explore/project', { ...params, model: await sourceOf(parts, model) }, context),
  'explore/directions': async ({ model, ...params }, context) =>
    parts.workshop.call('explore/directions', { ...params, model: await sourceOf(parts, model) }, context),
  'explore/neighbours': async ({ run, ...params }, context) =>
    parts.workshop.call('explore/neighbours', { ...params, run: (await parts.library.get(run)).folder }, context)
})

const latentsHandlers = (parts: Parts): Of<'export' | 'readLatents'> => ({
  'explore/export': async ({ model, ...params }, { signal }) =>
    parts.workshop.call('explore/export', { ...params, model: await sourceOf(parts, model) }, { signal }),
  'explore/readLatents': async ({ run, name, file }) => {
    const { latentSize } = (await parts.library.get(run)).file.configuration.architecture
    const latents = decodeLatents(file, latentSize, name)
    return { latents: toLatentBytes(latents), count: latents.length / latentSize }
  }
})

type FavouriteActions = 'favourites' | `${'add' | 'rename' | 'remove' | 'restore'}Favourite`

const favouriteHandlers = (parts: Parts): Of<FavouriteActions> => {
  const { library, keepsakes, workshop } = parts
  const isGone = async ({ run, step }: Favourite) => {
    const found = await library.find(run)
    return found === null || !(await exists(checkpointOf(found.folder, step)))
  }
  const tell = async ({ latent, picture, ...rest }: Favourite) => ({
    ...rest,
    latent: toLatentBytes(Float32Array.from(latent)),
    png: Uint8Array.from(Buffer.from(picture, 'base64')),
    isGone: await isGone({ latent, picture, ...rest })
  })
  return {
    'explore/favourites': async () => ({ favourites: await Promise.all(keepsakes.favourites.map(tell)) }),
    'explore/addFavourite': async ({ model, latent, name }, { signal }) => {
      const { run, step, weights } = model
      const { file } = await library.get(run)
      const values = fromLatentBytes(latent, file.configuration.architecture.latentSize)
      const source = await sourceOf(parts, model)
      const picture = { model: source, latents: latent, as: { kind: 'picture' as const } }
      const { file: png } = await workshop.call('explore/export', picture, { signal })
      const favourite = await keepsakes.addFavourite({
        name,
        run,
        runName: file.name,
        step: step === 'training' ? parts.snapshots.newest(run).step : step,
        weights,
        latent: [...values],
        picture: Buffer.from(png).toString('base64')
      })
      return { favourite: await tell(favourite) }
    },
    'explore/renameFavourite': ({ id, name }) => keepsakes.rename('favourites', id, name),
    'explore/removeFavourite': ({ id }) => keepsakes.remove('favourites', id),
    'explore/restoreFavourite': ({ id }) => keepsakes.restore('favourites', id)
  }
}

const directionHandlers = ({
  library,
  keepsakes
}: Parts): Of<'savedDirections' | `${'save' | 'rename' | 'remove' | 'restore'}Direction`> => {
  const tell = ({ vector, ...rest }: SavedDirection) => ({ ...rest, vector: toLatentBytes(Float32Array.from(vector)) })
  return {
    'explore/savedDirections': () => ({ directions: keepsakes.directions.map(tell) }),
    'explore/saveDirection': async ({ run, vector, name }) => {
      const { file } = await library.get(run)
      const values = fromLatentBytes(vector, file.configuration.architecture.latentSize, name)
      const facts = { name, run, runName: file.name, vector: [...values] }
      return { direction: tell(await keepsakes.addDirection(facts)) }
    },
    'explore/renameDirection': ({ id, name }) => keepsakes.rename('directions', id, name),
    'explore/removeDirection': ({ id }) => keepsakes.remove('directions', id),
    'explore/restoreDirection': ({ id }) => keepsakes.restore('directions', id)
  }
}
