import { z } from 'zod'
import { differenceSchema } from '../../shared/config/differences'
import { runConfigurationSchema } from '../../shared/config/runConfiguration'
import { checkpointRequests, checkpointSchema } from '../../shared/contract/checkpoints'
import type { Client } from '../../shared/contract/client'
import type { Contract, ExchangesOf } from '../../shared/contract/contract'
import { dataRequests } from '../../shared/contract/data'
import { bytes, request } from '../../shared/contract/declare'
import type { HandlersOf } from '../../shared/contract/dispatcher'
import { engineReportSchema, engineRequests } from '../../shared/contract/engines'
import { modelRequests } from '../../shared/contract/model'
import { engineChoiceSchema } from '../../shared/contract/training'
import { exploreWork } from './exploreContract'
import { exportWork } from './exportContract'

const path = z.string().min(1)

/** A checkpoint is named by the path of its folder. */
const checkpointWork = {
  /** Reads every byte; `problem` is null when all are as they were saved. */
  'checkpoints/verify': request({
    params: z.strictObject({ checkpoint: path }),
    result: checkpointSchema.pick({ problem: true }),
    progress: checkpointRequests['checkpoints/verify'].progress
  }),
  /** Draws the fixed latents of a checkpoint's run. */
  'checkpoints/sheet': request({
    params: z.strictObject({ checkpoint: path }),
    result: z.strictObject({ png: bytes })
  }),
  /** Makes a run from a checkpoint; `id` is the new run's. */
  'checkpoints/branch': request({
    params: z.strictObject({
      checkpoint: path,
      configuration: runConfigurationSchema,
      data: path.exactOptional(),
      runsFolder: path,
      name: path
    }),
    result: z.strictObject({ id: z.string(), changes: z.array(differenceSchema), notices: z.array(z.string()) })
  })
}

/** What the host asks of the workshop. Paths are checked by the host before they come here. */
const workshopRequests = {
  'engines/probe': request({ params: engineChoiceSchema, result: engineReportSchema }),
  ...engineRequests,
  'data/import': dataRequests['data/import'],
  'data/preview': dataRequests['data/preview'],
  'model/measure': modelRequests['model/measure'],
  ...exploreWork,
  ...checkpointWork,
  ...exportWork
}

export type WorkshopExchanges = ExchangesOf<typeof workshopRequests>
/** The workshop tells nothing by itself. */
type WorkshopPayloads = Readonly<Record<never, never>>

export const workshopContract: Contract<WorkshopExchanges, WorkshopPayloads> = {
  requests: workshopRequests,
  events: {}
}

export type WorkshopClient = Client<WorkshopExchanges, WorkshopPayloads>
export type WorkshopHandlers = HandlersOf<WorkshopExchanges>

/** The handlers of the requests whose names begin so. */
export type HandlersOfArea<Area extends string> = Pick<
  WorkshopHandlers,
  Extract<keyof WorkshopExchanges, `${Area}/${string}`>
>
