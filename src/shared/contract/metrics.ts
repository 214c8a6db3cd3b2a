import { z } from 'zod'

/**
 * A measured number. It may be NaN or infinite when training diverges; JSON has neither, so that `JSON.stringify` makes
 * null of both, and null is read back as NaN.
 */
const measured = z
  .custom<number | null>((value) => value === null || typeof value === 'number', 'Expected a number or null')
  .transform((value) => value ?? Number.NaN)

/**
 * One line of `metrics.jsonl` and the numbers of one step in `--json`. Names are stable paths, never renamed; a line
 * may hold further measured numbers under names of their own, as "score/swd".
 */
export const metricsSchema = z
  .object({
    /** Iterations done. */
    step: z.int().min(0),
    /** Thousand real pictures shown. */
    kimg: z.number().min(0),
    /** Seconds of training, those before a resume included. */
    seconds: z.number().min(0),
    /** The discriminator's loss, mean over the batch. */
    'loss/d': measured,
    /** The generator's loss, mean over the batch. */
    'loss/g': measured,
    /** The discriminator's mean probability of "real" for real pictures, 0 to 1. */
    'score/real': measured,
    /** The same for generated pictures. */
    'score/fake': measured,
    /** Of the newest sample grid, on the first line after it was made: share of its values at black or white, 0 to 1. */
    'sample/saturated': measured.exactOptional(),
    /** Mean over its pictures of the standard deviation within a picture, 0 to 0.5 of the full range. */
    'sample/contrast': measured.exactOptional(),
    /** Mean over all positions of the standard deviation from picture to picture, 0 to 0.5 of the full range. */
    'sample/diversity': measured.exactOptional(),
    /** What is measured of a generator's pictures at some steps, and the same of real ones: see `scoreNames`. */
    'score/swd': measured.exactOptional(),
    'score/swd-real': measured.exactOptional(),
    'score/msssim': measured.exactOptional(),
    'score/msssim-real': measured.exactOptional()
  })
  .catchall(measured)

export type Metrics = z.infer<typeof metricsSchema>
