import { exportModel, exportRun, importRunFile } from '../services/exports'
import { startFromWeights } from '../train/startFromWeights'
import type { HandlersOfArea } from './contract'

/** What the workshop does for exports and imports. */
export const exportHandlers: HandlersOfArea<'exports'> = {
  'exports/model': async ({ checkpoint, options, target }, ports) => {
    const saved = await exportModel(checkpoint, options, target === 'download' ? 'memory' : target, ports)
    return { ...saved, files: [...saved.files] }
  },
  'exports/run': ({ run, folder }, ports) => exportRun(run, { folder }, ports),
  'exports/importRun': async ({ archive, runsFolder, takenIds }, ports) => {
    const { run, checkpoints, broken } = await importRunFile(archive, runsFolder, takenIds, ports)
    return { id: run.file.id, checkpoints, broken: [...broken] }
  },
  'exports/startFromWeights': async (plan) => {
    const { run, notices } = await startFromWeights(plan)
    return { id: run.file.id, notices: [...notices] }
  }
}
