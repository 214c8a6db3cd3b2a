import { z } from 'zod'
import { dataConfigurationSchema } from '../../shared/config/runConfiguration'
import { request } from '../../shared/contract/declare'
import { exploreRequests } from '../../shared/contract/explore'

/** Where the weights stand that the window named by run and step. */
const modelSource = z.strictObject({
  checkpoint: z.string().min(1),
  /** The run's folder, where the weights are a snapshot of its training. */
  snapshotOf: z.string().min(1).exactOptional(),
  weights: z.enum(['ema', 'raw'])
})

const {
  'explore/pictures': pictures,
  'explore/decode': decode,
  'explore/project': project,
  'explore/directions': directions,
  'explore/neighbours': neighbours,
  'explore/export': exported
} = exploreRequests

/** What the host hands on of the window's questions about trained generators, with folders in the place of ids. */
export const exploreWork = {
  'explore/pictures': request({
    ...pictures,
    params: pictures.params.extend({ model: modelSource })
  }),
  'explore/decode': request({
    ...decode,
    params: decode.params.omit({ run: true }).extend({
      size: z.int().min(1),
      channels: z.union([z.literal(1), z.literal(3)]),
      crop: dataConfigurationSchema.shape.crop
    })
  }),
  'explore/project': request({ ...project, params: project.params.extend({ model: modelSource }) }),
  'explore/directions': request({ ...directions, params: directions.params.extend({ model: modelSource }) }),
  'explore/neighbours': request({
    ...neighbours,
    /** The run is named by its folder. */
    params: neighbours.params.extend({ run: z.string().min(1) })
  }),
  'explore/export': request({ ...exported, params: exported.params.extend({ model: modelSource }) })
}
