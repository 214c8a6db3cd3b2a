import { z } from 'zod'
import { runConfigurationSchema } from '../config/runConfiguration'
import { request } from './declare'

const presetSchema = z.strictObject({
  name: z.string(),
  /** False for those that the user saved. */
  isBuiltIn: z.boolean(),
  configuration: runConfigurationSchema
})
export type Preset = z.infer<typeof presetSchema>

/** As a configuration's `preset`. */
const presetName = z.string().trim().min(1).max(64)

/** Two of them are compared by `layerDifferences` and `differencesBetween`, without asking. */
export const presetRequests = {
  /** The built-in presets first, then the user's own by name. */
  'presets/list': request({ result: z.strictObject({ presets: z.array(presetSchema) }) }),
  /** Saves a whole configuration under a name; the user's preset of that name is replaced, a built-in one is not. */
  'presets/save': request({
    params: z.strictObject({ name: presetName, configuration: runConfigurationSchema }),
    result: z.strictObject({ preset: presetSchema })
  }),
  /** Removes a preset that the user saved. */
  'presets/remove': request({ params: z.strictObject({ name: presetName }) })
}
