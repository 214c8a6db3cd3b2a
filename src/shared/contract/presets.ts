import { z } from 'zod'
import { runConfigurationSchema } from '../config/runConfiguration'
import { request } from './declare'

const whole = z.int().min(0)

const summaryRowSchema = z.strictObject({
  name: z.string(),
  /** The layer's type, "Input", or for the discriminator's last row "sigmoid (in the loss)". */
  type: z.string(),
  /** Without the batch dimension. */
  outputShape: z.array(z.int()).readonly(),
  parameters: whole,
  /** In one forward pass of one picture. */
  multiplyAdds: whole,
  /** What it reads, where that is not just the row before it. */
  reads: z.array(z.string()).readonly()
})

const networkSummarySchema = z.strictObject({
  role: z.enum(['generator', 'discriminator']),
  rows: z.array(summaryRowSchema).readonly(),
  parameters: whole,
  trainableParameters: whole,
  multiplyAdds: whole
})
export type NetworkSummary = z.infer<typeof networkSummarySchema>

export const presetRequests = {
  'presets/list': request({
    result: z.strictObject({
      presets: z.array(z.strictObject({ name: z.string(), configuration: runConfigurationSchema }))
    })
  }),
  /** What the two networks of a configuration are; fails with the layer and the reason where they can't be built. */
  'presets/inspect': request({
    params: z.strictObject({ configuration: runConfigurationSchema }),
    result: z.strictObject({ networks: z.array(networkSummarySchema).readonly() })
  })
}
