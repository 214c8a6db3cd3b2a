import { z } from 'zod'
import { bytes, request } from './declare'
import { runId } from './runs'

const whole = z.int().min(0)

/** Pictures that one request may ask for. */
export const picturesAtMost = 1024

/** A trained generator: the weights of a run at one of its checkpoints. */
const exploredModelSchema = z.strictObject({
  run: runId,
  /** Step of the checkpoint; "training" means the newest `explore/snapshot` of the run. */
  step: z.union([whole, z.literal('training')]),
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

const workProgress = z.strictObject({ done: whole, total: whole, secondsLeft: z.number().min(0).nullable() })

const neighbourSchema = z.strictObject({
  /** Position in the import. */
  index: whole,
  distance: z.number(),
  /** Whether its mirror image is the one that is near. */
  mirrored: z.boolean(),
  /** Name of its class; null where there are none. */
  label: z.string().nullable()
})

const label = z.string().trim().min(1).max(100)
const keptId = z.string().regex(/^[0-9a-f]{8}$/)
const kept = {
  id: keptId,
  name: label,
  /** ISO 8601 in UTC. */
  created: z.string(),
  /** The run it was found in, and what that was called then. */
  run: z.string(),
  runName: z.string()
}

const favouriteSchema = z.strictObject({
  ...kept,
  step: whole,
  weights: exploredModelSchema.shape.weights,
  /** One latent. */
  latent: latents,
  /** Its picture in its own size; stays when the checkpoint is gone. */
  png: bytes,
  /** Whether the checkpoint is gone, so that only the picture is left. */
  isGone: z.boolean()
})

const savedDirectionSchema = z.strictObject({ ...kept, vector: latents })

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
   * Takes the weights of a run in training as they are now, to be explored as step "training". Answers after the step in
   * progress; where another snapshot was taken just before, it waits until training has not been held up.
   */
  'explore/snapshot': request({
    params: z.strictObject({ run: runId }),
    result: z.strictObject({ step: whole })
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
  }),
  /**
   * Directions in latent space along which pictures change most, strongest first. A model always gives the same ones.
   *
   * first-layer: singular vectors of the first layer's weights (SeFa) · features: principal components of what a layer
   * computes of many latents, carried over to the latents (GANSpace); takes seconds.
   */
  'explore/directions': request({
    params: z.strictObject({
      model: exploredModelSchema,
      method: z.enum(['first-layer', 'features']),
      count: z.int().min(1).max(64).default(10)
    }),
    result: z.strictObject({
      /** Unit vectors perpendicular to each other, as latents. Fewer than asked for where latents are small. */
      vectors: latents,
      /** The singular value of each, descending. */
      strengths: z.array(z.number())
    }),
    progress: workProgress
  }),
  /**
   * The pictures that a run learns from which are nearest to given ones, nearest first: is the model copying? Reads all of
   * them (and imports them again where the import is gone).
   */
  'explore/neighbours': request({
    params: z.strictObject({
      run: runId,
      /** uint8 [count, size, size, channels], as of `explore/pictures` or `explore/decode`. */
      pixels: bytes,
      /** pixels: root mean square difference, 0 … 255 · pyramid: the same over the scales of a Laplacian pyramid. */
      distance: z.enum(['pixels', 'pyramid']),
      /** Neighbours of each. */
      count: z.int().min(1).max(64).default(1)
    }),
    result: z.strictObject({
      /** For each of the pictures. */
      neighbours: z.array(z.array(neighbourSchema)),
      /** The neighbours' pictures, those of the first picture first. */
      pictures: picturesSchema
    }),
    progress: workProgress
  }),

  /** Favourites, newest first. */
  'explore/favourites': request({ result: z.strictObject({ favourites: z.array(favouriteSchema) }) }),
  /** Keeps a latent and its picture; on the disk when it returns. */
  'explore/addFavourite': request({
    params: z.strictObject({ model: exploredModelSchema, latent: latents, name: label }),
    result: z.strictObject({ favourite: favouriteSchema })
  }),
  'explore/renameFavourite': request({ params: z.strictObject({ id: keptId, name: label }) }),
  'explore/removeFavourite': request({ params: z.strictObject({ id: keptId }) }),
  /** Takes back that one was removed, as long as the host runs. */
  'explore/restoreFavourite': request({ params: z.strictObject({ id: keptId }) }),

  /** Directions that the user named and kept, newest first. */
  'explore/savedDirections': request({ result: z.strictObject({ directions: z.array(savedDirectionSchema) }) }),
  'explore/saveDirection': request({
    params: z.strictObject({ run: runId, vector: latents, name: label }),
    result: z.strictObject({ direction: savedDirectionSchema })
  }),
  'explore/renameDirection': request({ params: z.strictObject({ id: keptId, name: label }) }),
  'explore/removeDirection': request({ params: z.strictObject({ id: keptId }) }),
  /** Takes back that one was removed, as long as the host runs. */
  'explore/restoreDirection': request({ params: z.strictObject({ id: keptId }) }),

  /**
   * A file of latents or of their pictures, to be saved. picture: a PNG of the first one, in its own size · sheet: a PNG of
   * all · gif: all as frames, repeating · json, npy: the latents themselves.
   */
  'explore/export': request({
    params: z.strictObject({
      model: exploredModelSchema,
      latents,
      as: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('picture') }),
        z.strictObject({ kind: z.literal('sheet') }),
        z.strictObject({ kind: z.literal('gif'), framesPerSecond: z.number().min(1).max(50) }),
        z.strictObject({ kind: z.literal('json') }),
        z.strictObject({ kind: z.literal('npy') })
      ])
    }),
    result: z.strictObject({ file: bytes })
  }),
  /** Reads a file of latents that Kwiat or NumPy wrote (JSON or .npy). */
  'explore/readLatents': request({
    params: z.strictObject({ run: runId, /** For messages. */ name: z.string(), file: bytes }),
    result: z.strictObject({ latents, count: whole })
  })
}
