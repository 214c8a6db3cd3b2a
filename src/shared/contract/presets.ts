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

const presetSchema = z.strictObject({
  name: z.string(),
  /** False for those that the user saved. */
  isBuiltIn: z.boolean(),
  configuration: runConfigurationSchema
})
export type Preset = z.infer<typeof presetSchema>

/** As a configuration's `preset`. */
const presetName = z.string().trim().min(1).max(64)

export const presetRequests = {
  /** The built-in presets first, then the user's own by name. */
  'presets/list': request({ result: z.strictObject({ presets: z.array(presetSchema) }) }),
  /** Saves a whole configuration under a name; the user's preset of that name is replaced, a built-in one is not. */
  'presets/save': request({
    params: z.strictObject({ name: presetName, configuration: runConfigurationSchema }),
    result: z.strictObject({ preset: presetSchema })
  }),
  /** Removes a preset that the user saved. */
  'presets/remove': request({ params: z.strictObject({ name: presetName }) }),
  /** What the two networks of a configuration are; fails with the layer and the reason where they can't be built. */
  'presets/inspect': request({
    params: z.strictObject({ configuration: runConfigurationSchema }),
    result: z.strictObject({ networks: z.array(networkSummarySchema).readonly() })
  })
}
