import { z } from 'zod'
import { request } from '../../shared/contract/declare'
import { exportOptionsSchema, exportRequests } from '../../shared/contract/exports'

const path = z.string().min(1)

const {
  'exports/model': exportModel,
  'exports/run': exportRun,
  'exports/importRun': importRun,
  'exports/startFromWeights': createFromWeights
} = exportRequests

/** What the host hands on of the window's exports and imports, with folders in the place of ids. */
export const exportWork = {
  'exports/model': request({
    params: z.strictObject({
      /** Folder of the checkpoint. */
      checkpoint: path,
      options: exportOptionsSchema,
      target: exportModel.params.shape.target
    }),
    result: exportModel.result,
    progress: exportModel.progress
  }),
  'exports/run': request({
    params: z.strictObject({ run: path, folder: path }),
    result: exportRun.result,
    progress: exportRun.progress
  }),
  'exports/importRun': request({
    params: z.strictObject({ archive: path, runsFolder: path, takenIds: z.array(z.string()) }),
    result: importRun.result.omit({ run: true }).extend({ id: z.string() }),
    progress: importRun.progress
  }),
  'exports/startFromWeights': request({
    params: createFromWeights.params.omit({ start: true }).extend({ runsFolder: path }),
    result: createFromWeights.result.omit({ run: true }).extend({ id: z.string() })
  })
}
