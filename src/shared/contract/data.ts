import { z } from 'zod'
import { dataConfigurationSchema } from '../config/runConfiguration'
import { bytes, request } from './declare'

const whole = z.int().min(0)
const pictureSize = z.strictObject({ width: whole, height: whole })

/** What pictures are made into. */
const importOptions = {
  /** Side in pixels. */
  size: z.int().min(16).max(256),
  /** 3 for colour, 1 for grey. */
  channels: z.union([z.literal(1), z.literal(3)]),
  crop: dataConfigurationSchema.shape.crop,
  /** Classes to import; none named means all. */
  classes: z.array(z.string())
}

/** What an import holds. */
const dataSummarySchema = z.strictObject({
  source: z.strictObject({ kind: z.string(), name: z.string() }),
  options: z.strictObject(importOptions),
  count: whole,
  classes: z.array(z.strictObject({ name: z.string(), count: whole })),
  /** Of each channel over all pixels, with 0 … 255 scaled to −1 … 1. */
  channelMeans: z.array(z.number()),
  channelDeviations: z.array(z.number()),
  smallestOriginal: pictureSize,
  largestOriginal: pictureSize,
  fingerprint: z.string(),
  /** Files that are no pictures. */
  otherFiles: whole,
  /** Pictures that could not be used, all of them; `refused` names the first. */
  refusedCount: whole,
  refused: z.array(z.strictObject({ name: z.string(), code: z.string(), reason: z.string() }))
})
export type DataSummary = z.infer<typeof dataSummarySchema>

/** Names an import: the name of its folder in the cache. */
const dataId = z.string().regex(/^[A-Za-z0-9-]{1,80}$/)

export const dataRequests = {
  /** Opens the system's dialog; null when the user closed it. Fails where `app/info` says `canChoose: false`. */
  'data/choose': request({
    params: z.strictObject({
      /** `storage` is a folder to keep runs and pictures in. */
      kind: z.enum(['folder', 'file', 'storage'])
    }),
    result: z.strictObject({ path: z.string().nullable() })
  }),
  /** Imports what stands at a path (or the built-in "flowers"), or finds that import. */
  'data/import': request({
    params: z.strictObject({ path: z.string().min(1), ...importOptions }),
    result: z.strictObject({ id: dataId, data: dataSummarySchema }),
    progress: z.strictObject({
      done: whole,
      total: whole.nullable(),
      refused: whole,
      secondsLeft: z.number().min(0).nullable()
    })
  }),
  /** A sheet of what the network will see, laid out as a run's sample grids. */
  'data/preview': request({
    params: z.strictObject({ id: dataId, count: z.int().min(1).max(256) }),
    result: z.strictObject({ png: bytes, count: whole })
  })
}
