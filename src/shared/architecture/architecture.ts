import { z } from 'zod'
import { layerSchema } from './layers'

const layers = z.array(layerSchema).min(1).max(200)

/**
 * Both networks as data. The generator maps `[batch, latentSize]` to `[batch, size, size, channels]` in [−1, 1]; the
 * discriminator maps such pictures to one logit a picture, `[batch, 1]`.
 */
export const architectureSchema = z.strictObject({
  latentSize: z.int().min(1).max(4096),
  /** Side of the square pictures in pixels. */
  pictureSize: z.int().min(16).max(256),
  /** 3 for colour, 1 for grey. */
  channels: z.union([z.literal(1), z.literal(3)]),
  generator: layers,
  discriminator: layers
})

export type Architecture = z.infer<typeof architectureSchema>
