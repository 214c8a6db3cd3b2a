import { z } from 'zod'
import { request } from '../../shared/contract/declare'
import { exploreRequests } from '../../shared/contract/explore'

/** Where the weights stand that the window named by run and step. */
const modelSource = z.strictObject({ checkpoint: z.string().min(1), weights: z.enum(['ema', 'raw']) })

const { 'explore/pictures': pictures } = exploreRequests

/** What the host hands on of the window's questions about trained generators, with folders in the place of ids. */
export const exploreWork = {
  'explore/pictures': request({
    ...pictures,
    params: pictures.params.omit({ model: true }).extend({ model: modelSource })
  })
}
