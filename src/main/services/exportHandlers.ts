import { join } from 'node:path'
import type { Handlers } from '../../shared/contract/studio'
import { KwiatError } from '../../shared/errors'
import { checkpointsFolder, stepName } from '../checkpoints/checkpointPaths'
import type { WorkshopClient } from '../workshop/contract'
import type { Runs } from './runs'

interface Parts {
  readonly runs: Runs
  readonly workshop: Pick<WorkshopClient, 'call'>
  /** Folder in which runs are made now. */
  readonly runsFolder: () => string
  /**
   * A path that the user chose.
   *
   * @throws KwiatError `path-not-allowed`
   */
  readonly checkPath: (path: string) => Promise<string>
  /** Such a path, or that of a run's pictures. */
  readonly checkData: (path: string) => Promise<string>
  /** Shows a file or folder in the system's file manager; left out where there is none. */
  readonly reveal?: ((path: string) => void) | undefined
}

type ExportHandlers = Pick<Handlers, Extract<keyof Handlers, `exports/${string}`>>

/** The window's exports and imports: paths are checked here, the workshop does the work. */
export const exportHandlers = ({
  runs,
  workshop,
  runsFolder,
  checkPath,
  checkData,
  reveal
}: Parts): ExportHandlers => ({
  'exports/model': async ({ id, step, target, ...options }, ports) => {
    const { folder } = await runs.library.get(id)
    const checkpoint = join(checkpointsFolder(folder), stepName(step))
    const place = target === 'download' ? target : { folder: await checkPath(target.folder) }
    return workshop.call('exports/model', { checkpoint, options, target: place }, ports)
  },
  'exports/reveal': async ({ path }) => {
    const allowed = await checkPath(path)
    if (reveal === undefined) {
      throw new KwiatError('host-unsuited', {
        who: 'file manager',
        expected: 'the desktop app',
        actual: 'a page in a browser',
        todo: `look for ${allowed} on the computer where Kwiat runs`
      })
    }
    reveal(allowed)
    return undefined
  },
  'exports/run': async ({ id, folder }, ports) => {
    const run = await runs.library.get(id)
    return workshop.call('exports/run', { run: run.folder, folder: await checkPath(folder) }, ports)
  },
  'exports/importRun': async ({ path }, ports) => {
    const takenIds = (await runs.list()).map((card) => card.id)
    const plan = { archive: await checkPath(path), runsFolder: runsFolder(), takenIds }
    const { id, checkpoints, broken } = await workshop.call('exports/importRun', plan, ports)
    return { run: await runs.adoptBranch(id, id, false, []), checkpoints, broken }
  },
  'exports/startFromWeights': async ({ start, data, weights, ...plan }, ports) => {
    const paths = { data: await checkData(data), weights: await checkPath(weights), runsFolder: runsFolder() }
    const { id, notices } = await workshop.call('exports/startFromWeights', { ...plan, ...paths }, ports)
    return { run: await runs.adoptBranch(id, id, start, notices), notices }
  }
})
