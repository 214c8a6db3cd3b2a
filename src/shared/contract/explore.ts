import { z } from 'zod'
import { bytes, request } from './declare'

const whole = z.int().min(0)
/** Six hexadecimal digits, as at the end of the run folder's name. */
const runId = z.string().regex(/^[0-9a-f]{6}$/)

/** Pictures that one request may ask for. */
export const picturesAtMost = 1024

/** A trained generator: the weights of a run at one of its checkpoints. */
const exploredModelSchema = z.strictObject({
  run: runId,
  /** Step of the checkpoint. */
  step: whole,
  /** ema: the running average of the generator's weights, which gives the better pictures · raw: the newest ones. */
  weights: z.enum(['ema', 'raw'])
})
export type ExploredModel = z.infer<typeof exploredModelSchema>

/**
 * float32, little-endian, [count, latentSize]: see `toLatentBytes`. The window draws and mixes latents itself with
 * `src/shared/latent`, so that nothing waits for the host but the pictures.
 */
const latents = bytes

/** uint8 [count, size, size, channels], 0 … 255; 3 channels for colour, 1 for grey. */
const picturesSchema = z.strictObject({
  pixels: bytes,
  count: whole,
  size: z.int().min(1),
  channels: z.union([z.literal(1), z.literal(3)])
})
export type Pictures = z.infer<typeof picturesSchema>

/** A latent that was looked for, and how near its picture is to the one that was given. */
const projectionSchema = z.strictObject({
  /** One latent. */
  latent: latents,
  /** Its picture: uint8 [size, size, channels]. */
  pixels: bytes,
  /** Peak signal-to-noise ratio in dB; null where the pictures are equal. */
  psnr: z.number().nullable(),
  /** Structural similarity, at most 1. */
  ssim: z.number()
})

export const exploreRequests = {
  /** What of a run can be explored. */
  'explore/run': request({
    params: z.strictObject({ run: runId }),
    result: z.strictObject({
      /** Steps of the checkpoints that are whole, newest first. */
      steps: z.array(whole),
      latentSize: z.int().min(1),
      /** What its latents are drawn from; for `seededLatents`. */
      latentDistribution: z.enum(['normal', 'uniform']),
      size: z.int().min(1),
      channels: z.union([z.literal(1), z.literal(3)])
    })
  }),
  /**
   * Makes the picture of each latent; equal latents give equal bytes. The model stays open for the next call.
   *
   * live: for play, as fast as can be; where few are asked for, a byte may then differ by one from those made otherwise.
   */
  'explore/pictures': request({
    params: z.strictObject({ model: exploredModelSchema, latents, live: z.boolean().default(false) }),
    result: picturesSchema
  }),
  /** Decodes a picture file (as one that was dropped on the window) into what the run's networks see of it. */
  'explore/decode': request({
    params: z.strictObject({
      run: runId,
      /** For messages. */
      name: z.string(),
      file: bytes
    }),
    result: picturesSchema
  }),
  /**
   * Looks for the latent whose picture is nearest to the given one, by gradient descent through the generator. Takes
   * seconds to minutes; tells the best so far a few times a second.
   */
  'explore/project': request({
    params: z.strictObject({
      model: exploredModelSchema,
      /** uint8 [size, size, channels], as of `explore/decode` or `explore/pictures`. */
      target: bytes,
      seed: z.int().min(0).default(0),
      /** Latents that descend side by side. */
      starts: z.int().min(1).max(64).default(8),
      steps: z.int().min(10).max(5000).default(200)
    }),
    result: projectionSchema,
    progress: z.strictObject({ ...projectionSchema.shape, step: whole, secondsLeft: z.number().min(0) })
  })
}
