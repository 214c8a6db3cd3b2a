import { availableParallelism } from 'node:os'
import type { AppInfo, StudioSettings } from '../../shared/contract/app'
import type { Handlers, Params } from '../../shared/contract/studio'
import { Cancelled, KwiatError } from '../../shared/errors'
import { metricsPath, sampleSteps } from '../checkpoints/runFolder'
import { readMetrics } from '../metrics/metricsFile'
import type { SpawnProcess } from '../process/ownedProcess'
import { checkStartable } from '../train/plannedRun'
import { versions } from '../train/versions'
import { Workshop } from '../workshop/owner'
import type { AllowedPaths } from './allowedPaths'
import { checkpointHandlers } from './checkpointHandlers'
import { Checkpoints } from './checkpoints'
import { SpeedFile } from './engineSpeed'
import { EngineChooser } from './engines/engineChooser'
import { EngineTrials } from './engines/engineTrials'
import { EventHub } from './eventHub'
import { examine } from './examine'
import { exploreHandlers } from './explore/exploreHandlers'
import { Keepsakes } from './explore/keepsakes'
import { RunSnapshots } from './explore/runSnapshots'
import { exportHandlers } from './exportHandlers'
import { MetricBuckets } from './metricSeries'
import { examineModel, exportModel, importFrom, repairAll } from './models'
import { PresetLibrary } from './presetLibrary'
import { readSample } from './runLibrary'
import { Runs } from './runs'
import { changeStorage, clearPictures, readStorage } from './storage'
import { openStudioFile, type StudioFile } from './studioFile'
import { StudioLog } from './studioLog'
import type { UserFolders } from './userFolders'

/** What the studio needs from its host. */
export interface StudioHost {
  readonly kind: AppInfo['host']
  /** Asked for at each use, since the user may choose another storage folder. */
  readonly folders: () => UserFolders
  readonly spawnTrainer: SpawnProcess
  readonly spawnWorkshop: SpawnProcess
  readonly createAllowedPaths: (chosen: readonly string[]) => AllowedPaths
  /** Opens the system's dialog; left out where there is none. */
  readonly choosePath?: (kind: Params<'data/choose'>['kind']) => Promise<string | null>
  /** Shows a folder in the system's file manager; left out where there is none. */
  readonly revealFolder?: (folder: string) => void
  /** Told whenever they change. */
  readonly onSettings?: (settings: StudioSettings) => void
  /** Path of a run that the app was started with; null for none. */
  readonly startedWith?: string | null
}

/** The services behind the window, whichever host shows it. */
export interface Studio {
  readonly handlers: Handlers
  readonly hub: EventHub
  readonly isTraining: () => boolean
  /** What is remembered from the last start. */
  readonly settings: StudioSettings
  /** Notes in the log what should not have happened. */
  readonly onBug: (error: unknown) => void
  /** Lets the window name a path that the user chose. */
  readonly allowPath: (path: string) => void
  /** Opens a run that was given to the app, and shows it in the window. */
  readonly openRun: (path: string) => Promise<void>
  /** Saves and ends the run that trains, by force after `graceMs`; resolves when its process is gone. */
  readonly close: (graceMs: number) => Promise<void>
}

/** Starts the studio's services. */
export async function openStudio(host: StudioHost): Promise<Studio> {
  const hub = new EventHub()
  const log = new StudioLog((line) => hub.emit('log/line', line))
  const putAside = (aside: string) =>
    log.add('warning', `What Kwiat remembered could not be read and was put aside as ${aside}.`)
  const file = await openStudioFile(host.folders().studioFile, putAside)
  const keepsakes = await Keepsakes.open(host.folders().favouritesFile, putAside)
  const { trials, chooser } = openEngines(host, file, log)
  const runs = new Runs({
    places: () => {
      const { runs: folder, earlierRuns: earlier } = host.folders()
      return { folder, earlier }
    },
    file,
    log,
    emit: hub.emit,
    spawn: host.spawnTrainer,
    chooseEngine: (wish, configuration) => chooser.choose(wish, configuration)
  })
  await runs.settle()
  const snapshots = new RunSnapshots((id, parent) => runs.snapshot(id, parent))
  const workshop = new Workshop(host.spawnWorkshop, (line) => log.addOutput(line))
  const presets = new PresetLibrary(host.folders().presets, (path) =>
    log.add('warning', `${path} holds no preset and is passed over.`)
  )
  const ways = openPaths(host, file, runs)
  const checkpoints = new Checkpoints({
    getRun: (id) => runs.library.get(id),
    changeOutput: (id, changes) => runs.library.changeOutput(id, changes),
    emit: hub.emit,
    workshop,
    runsFolder: () => host.folders().runs,
    reveal: host.revealFolder
  })
  const untold = host.startedWith == null ? [] : [host.startedWith]
  const parts: Parts = { host, untold, file, log, runs, workshop, trials, presets, checkpoints, ...ways }
  return {
    handlers: {
      ...appHandlers(parts),
      ...engineHandlers(parts),
      ...storageHandlers(parts),
      ...presetHandlers(parts),
      ...modelHandlers(parts),
      ...dataHandlers(parts),
      ...runHandlers(parts),
      ...exploreHandlers({ library: runs.library, workshop, keepsakes, snapshots }),
      ...checkpointHandlers(checkpoints),
      ...exportHandlersOf(parts)
    },
    hub,
    isTraining: () => runs.isTraining,
    settings: file.content.settings,
    onBug: (error) => log.add('error', error instanceof Error ? (error.stack ?? error.message) : String(error)),
    allowPath: ways.allowPath,
    openRun: async (path) => {
      const opened = await runs.open(path)
      if (opened !== null) {
        hub.emit('app/opened', opened)
      }
    },
    close: async (graceMs) => {
      workshop.close()
      await runs.close(graceMs)
      await snapshots.close()
      await file.flush()
    }
  }
}

/** Which paths the window may name: those that its user chose, and the pictures of runs. */
function openPaths(host: StudioHost, file: StudioFile, runs: Runs): Pick<Parts, 'paths' | 'checkPath' | 'allowPath'> {
  const paths = host.createAllowedPaths(file.content.chosenPaths)
  return {
    paths,
    allowPath: (path) => {
      paths.allow(path)
      file.update({ chosenPaths: [...new Set([...file.content.chosenPaths, path])] })
    },
    // The pictures of a run were chosen when it was made, be it on the command line.
    checkPath: async (path) => ((await runs.library.usesData(path)) ? path : paths.check(path))
  }
}

/** What tries engines, and what chooses one for a run. */
function openEngines(host: StudioHost, file: StudioFile, log: StudioLog) {
  const trials = new EngineTrials({
    spawnWorkshop: host.spawnWorkshop,
    tensorflowFolder: () => file.content.settings.tensorflowFolder
  })
  const chooser = new EngineChooser({
    measure: (request, patienceMs) => trials.measure(request, patienceMs),
    choiceOf: (id) => trials.choiceOf(id),
    memoryFile: host.folders().enginesFile,
    onNote: (note) => log.add('info', note)
  })
  return { trials, chooser }
}

interface Parts {
  readonly host: StudioHost
  /** The run that the app was started with, until a window asks for it. */
  readonly untold: string[]
  readonly file: StudioFile
  readonly log: StudioLog
  readonly runs: Runs
  readonly workshop: Workshop
  readonly trials: EngineTrials
  readonly presets: PresetLibrary
  readonly checkpoints: Checkpoints
  readonly paths: AllowedPaths
  /** @throws KwiatError `path-not-allowed` */
  readonly checkPath: (path: string) => Promise<string>
  readonly allowPath: (path: string) => void
}

const exportHandlersOf = ({ host, runs, workshop, paths, checkPath }: Parts): HandlersOf<'exports'> =>
  exportHandlers({
    runs,
    workshop,
    runsFolder: () => host.folders().runs,
    checkPath: (path) => paths.check(path),
    checkData: checkPath,
    reveal: host.revealFolder
  })

/** The handlers of the requests whose names begin so. */
type HandlersOf<Area extends string> = Pick<Handlers, Extract<keyof Handlers, `${Area}/${string}`>>

const appHandlers = ({ host, file, log, runs, trials, untold, checkPath }: Parts): HandlersOf<'app' | 'log'> => ({
  'app/info': () => ({
    host: host.kind,
    platform: process.platform,
    versions: { ...versions },
    folders: { pictures: host.folders().pictures, runs: host.folders().runs },
    processors: availableParallelism(),
    canChoose: host.choosePath !== undefined,
    canReveal: host.revealFolder !== undefined,
    settings: file.content.settings
  }),
  'app/doctor': () => examine(trials),
  'app/changeSettings': (changes) => {
    const settings = { ...file.content.settings, ...changes }
    file.update({ settings })
    host.onSettings?.(settings)
    return settings
  },
  // Only a run can be opened at any path: it is known by its files.
  'app/open': async ({ path }) => runs.open(await checkPath(path)),
  'app/startedWith': async () => {
    const path = untold.splice(0).at(0)
    return path === undefined ? null : runs.open(path)
  },
  'log/read': () => ({ lines: log.lines })
})

const storageHandlers = ({ host, runs, checkPath }: Parts): HandlersOf<'storage'> => ({
  'storage/read': () => readStorage(host.folders()),
  'storage/change': async ({ folder }) => {
    await changeStorage(host.folders(), await checkPath(folder))
    return readStorage(host.folders())
  },
  'storage/clearPictures': async () => {
    if (runs.isTraining) {
      throw new KwiatError('run-locked', {
        who: 'imported pictures',
        expected: 'no run in training',
        actual: 'one that reads them',
        todo: 'pause it first'
      })
    }
    await clearPictures(host.folders())
    return readStorage(host.folders())
  }
})

/** A window's trial may take long on a software GPU, but a minute tells enough. */
const trialPatienceMs = 60_000

const engineHandlers = ({ trials }: Parts): HandlersOf<'engines'> => ({
  'engines/trial': (request, { signal }) => trials.measure(request, trialPatienceMs + 1000 * request.seconds, signal)
})

const presetHandlers = ({ presets }: Parts): HandlersOf<'presets'> => ({
  'presets/list': async () => ({ presets: await presets.list() }),
  'presets/save': async ({ name, configuration }) => ({ preset: await presets.save(name, configuration) }),
  'presets/remove': async ({ name }) => {
    await presets.remove(name)
    return undefined
  }
})

const modelHandlers = ({ host, paths, workshop }: Parts): HandlersOf<'model'> => ({
  'model/examine': async ({ configuration, language, engine }) =>
    examineModel(configuration, language, await new SpeedFile(host.folders().speedFile).recall(engine)),
  'model/measure': async (params, context) => {
    const { speed } = await workshop.call('model/measure', params, context)
    await new SpeedFile(host.folders().speedFile).remember(speed)
    return { speed }
  },
  'model/repairAll': ({ configuration, language }) => repairAll(configuration, language),
  'model/import': async ({ sources, configuration, language }) => {
    for (const source of sources) {
      if ('path' in source) {
        await paths.check(source.path)
      }
    }
    return importFrom(sources, configuration, language)
  },
  'model/export': ({ configuration, format }) => exportModel(configuration, format)
})

const dataHandlers = ({ host, workshop, checkPath, allowPath }: Parts): HandlersOf<'data'> => ({
  'data/choose': async ({ kind }) => {
    if (host.choosePath === undefined) {
      throw new KwiatError('host-unsuited', {
        who: 'dialog',
        expected: 'a window of the desktop app',
        actual: 'a page in a browser',
        todo: 'type the path'
      })
    }
    const path = await host.choosePath(kind)
    if (path !== null) {
      allowPath(path)
    }
    return { path }
  },
  'data/import': async ({ path, ...options }, context) =>
    workshop.call('data/import', { path: await checkPath(path), ...options }, context),
  'data/preview': (params, context) => workshop.call('data/preview', params, context)
})

const runHandlers = ({ runs, checkpoints, checkPath }: Parts): HandlersOf<'runs'> => ({
  'runs/list': async () => ({ runs: await runs.list() }),
  'runs/current': () => runs.current(),
  'runs/create': async (params) => {
    checkStartable(params.configuration)
    return { run: await runs.create({ ...params, data: await checkPath(params.data) }) }
  },
  'runs/start': async ({ id, steps }) => ({ run: await runs.start(id, steps) }),
  'runs/pause': async ({ id }) => ({ run: await runs.end(id, 'paused') }),
  'runs/stop': async ({ id }) => ({ run: await runs.end(id, 'stopped') }),
  'runs/kill': async ({ id }) => ({ run: await runs.kill(id) }),
  'runs/move': ({ id, position }) => {
    runs.move(id, position)
    return undefined
  },
  'runs/rename': async ({ id, name }) => ({ run: await runs.rename(id, name) }),
  'runs/duplicate': ({ id }) => runs.duplicate(id),
  'runs/delete': async ({ id }) => {
    await runs.delete(id)
    return undefined
  },
  'runs/restore': async ({ id }) => ({ run: await runs.restore(id) }),
  'runs/metrics': async ({ id, after, maxPoints }, { signal }) => {
    const buckets = new MetricBuckets(maxPoints)
    for await (const line of readMetrics(metricsPath((await runs.library.get(id)).folder))) {
      if (signal.aborted) {
        throw new Cancelled()
      }
      if (line.step > after) {
        buckets.add(line)
      }
    }
    return buckets.series
  },
  'runs/branch': async ({ data, start, ...plan }, context) => {
    const path = data === undefined ? {} : { data: await checkPath(data) }
    const { id, changes, notices } = await checkpoints.branch({ ...plan, ...path }, context)
    return { run: await runs.adoptBranch(id, plan.id, start, notices), changes, notices }
  },
  'runs/startFrom': async ({ id, step, steps }, context) => {
    const trash = await checkpoints.setBack(id, step, context)
    return { run: await runs.start(id, steps), trash }
  },
  'runs/samples': async ({ id }) => ({ steps: await sampleSteps((await runs.library.get(id)).folder) }),
  'runs/sample': async ({ id, step }) => ({ png: await readSample((await runs.library.get(id)).folder, step) })
})
