import { z } from 'zod'
import { dataConfigurationSchema } from '../../../shared/config/runConfiguration'
import { refusalCodes } from '../decode/picture'
import { sourceKinds } from '../source'

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const pictureSize = z.strictObject({ width: z.int().min(1), height: z.int().min(1) })
const channels = z.union([z.literal(1), z.literal(3)])

/** What pictures are made into. */
const importOptionsSchema = z.strictObject({
  /** Side in pixels. */
  size: z.int().min(16).max(256),
  /** 3 for colour (sRGB), 1 for grey. */
  channels,
  crop: dataConfigurationSchema.shape.crop,
  /** Classes to import; none named means all. */
  classes: dataConfigurationSchema.shape.classes
})
export type ImportOptions = z.infer<typeof importOptionsSchema>

/** What an import holds: the description beside `pixels.u8` and `labels.i32`. */
export const manifestSchema = z.strictObject({
  format: z.literal('kwiat-pictures'),
  version: z.literal(1),
  source: z.strictObject({ kind: z.enum(sourceKinds), name: z.string() }),
  options: importOptionsSchema,
  /** Pictures. */
  count: z.int().min(1),
  /** In the order of their labels. */
  classes: z.array(z.strictObject({ name: z.string(), count })),
  /** Mean and standard deviation of each channel over all pixels, with 0 … 255 scaled to −1 … 1. */
  channelMeans: z.array(z.number()),
  channelDeviations: z.array(z.number()),
  /** The originals with the fewest and the most pixels. */
  smallestOriginal: pictureSize,
  largestOriginal: pictureSize,
  /** SHA-256 of the pixels: pictures with the same fingerprint are the same. */
  fingerprint: sha256,
  labelsSha256: sha256,
  /** Files in the source that are no pictures. */
  otherFiles: count,
  /** Pictures that could not be used. */
  refusedCount: count,
  /** The first of them. */
  refused: z.array(z.strictObject({ name: z.string(), code: z.enum(refusalCodes), reason: z.string() }))
})
export type Manifest = z.infer<typeof manifestSchema>
