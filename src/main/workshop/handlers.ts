import { basename } from 'node:path'
import { verifyCheckpoint } from '../checkpoints/readCheckpoint'
import { makeCheckpointSheet } from '../services/checkpointSheet'
import { importFrom, previewSheet } from '../services/datasets'
import { measureSpeed } from '../services/engineSpeed'
import { Exploration } from '../services/explore/exploration'
import { secondsLeft } from '../services/secondsLeft'
import { branchRun } from '../train/branchRun'
import type { HandlersOfArea, WorkshopHandlers } from './contract'
import { engineHandlers } from './engineHandlers'
import { createExploreHandlers } from './exploreHandlers'
import { exportHandlers } from './exportHandlers'

const modelHandlers: HandlersOfArea<'model'> = {
  'model/measure': async ({ engine }) => ({ speed: await measureSpeed(engine) })
}

const dataHandlers: HandlersOfArea<'data'> = {
  'data/import': async ({ path, ...options }, { signal, onProgress }) => {
    const startMs = performance.now()
    const { folder, manifest } = await importFrom(path, options, {
      signal,
      onProgress: (progress) =>
        onProgress({ ...progress, secondsLeft: secondsLeft(progress, performance.now() - startMs) })
    })
    const { format: _, version: __, labelsSha256: ___, ...data } = manifest
    return { id: basename(folder), data }
  },
  'data/preview': ({ id, count }) => previewSheet(id, count)
}

const checkpointHandlers: HandlersOfArea<'checkpoints'> = {
  'checkpoints/verify': async ({ checkpoint }, ports) => {
    const found = await verifyCheckpoint(checkpoint, ports)
    return { problem: found.whole ? null : { code: found.error.code, message: found.error.message } }
  },
  'checkpoints/sheet': async ({ checkpoint }) => ({ png: await makeCheckpointSheet(checkpoint) }),
  'checkpoints/branch': async ({ checkpoint, ...plan }) => {
    const { run, changes, notices } = await branchRun({ ...plan, from: checkpoint })
    return { id: run.file.id, changes: [...changes], notices: [...notices] }
  }
}

/** What the workshop does, a table for each area of the contract. */
export const workshopHandlers: WorkshopHandlers = {
  ...engineHandlers,
  ...modelHandlers,
  ...dataHandlers,
  ...checkpointHandlers,
  ...exportHandlers,
  ...createExploreHandlers(new Exploration())
}
