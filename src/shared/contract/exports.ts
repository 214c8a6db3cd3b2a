import { z } from 'zod'
import { runConfigurationSchema } from '../config/runConfiguration'
import { bytes, request } from './declare'
import { runCardSchema, runId, runName, step } from './runs'
import { engineChoiceSchema } from './training'

const size = z.number().min(0)
const path = z.string().min(1)

/** Formats that one generator is exported in. */
export const modelFormats = ['onnx', 'keras', 'tfjs', 'safetensors'] as const
export type ModelFormat = (typeof modelFormats)[number]

/** What is exported of a checkpoint, and how. */
export const exportOptionsSchema = z.strictObject({
  format: z.enum(modelFormats),
  /** The generator's running average, which gives the better pictures, or the newest one. */
  weights: z.enum(['ema', 'raw']).default('ema'),
  /** For ONNX: what leaves the model, float32 in [−1, 1] or bytes. */
  pictures: z.enum(['float', 'uint8']).default('float'),
  /** Noted in the file, in the user's own words; empty for none. */
  licence: z.string().max(200).default('')
})
export type ExportOptions = z.output<typeof exportOptionsSchema>

const exportProgressSchema = z.strictObject({
  phase: z.enum(['reading', 'converting', 'writing']),
  doneBytes: size,
  /** Null where it is not known yet. */
  totalBytes: size.nullable()
})
export type ExportProgress = z.infer<typeof exportProgressSchema>

/** Into a folder of the user's under a name that is free there, or to the page, which saves it itself. */
const targetSchema = z.union([z.strictObject({ folder: path }), z.literal('download')])

const savedSchema = z.strictObject({
  /** Of the file or folder that was made; null for a download. */
  path: z.string().nullable(),
  bytes: size
})

/** A checkpoint of an imported run that is not the one that was saved. */
const brokenSchema = z.strictObject({ step, message: z.string() })

export const exportRequests = {
  /** Writes a checkpoint's generator for other programs. Nothing that is there already is overwritten. */
  'exports/model': request({
    params: exportOptionsSchema.extend({ id: runId, step, target: targetSchema }),
    result: savedSchema.extend({
      /** Empty unless it is a download. */
      files: z.array(z.strictObject({ name: z.string(), content: bytes })),
      /** What the user should know of it, in words; null for nothing. */
      notice: z.string().nullable()
    }),
    progress: exportProgressSchema
  }),
  /** Shows what an export made in the system's file manager. Fails where `app/info` says `canReveal: false`. */
  'exports/reveal': request({ params: z.strictObject({ path }) }),
  /** Writes a whole run as one `.kwiat` file. */
  'exports/run': request({
    params: z.strictObject({ id: runId, folder: path }),
    result: savedSchema,
    progress: exportProgressSchema
  }),
  /** Takes up a run from a `.kwiat` file, under a new id where its own is taken. */
  'exports/importRun': request({
    params: z.strictObject({ path }),
    result: z.strictObject({
      run: runCardSchema,
      /** Checkpoints that came with it. */
      checkpoints: z.int().min(0),
      broken: z.array(brokenSchema)
    }),
    progress: exportProgressSchema
  }),
  /** Makes a run that begins with weights of other programs (safetensors, .keras, .h5), and queues it when asked to. */
  'exports/startFromWeights': request({
    params: z.strictObject({
      name: runName,
      configuration: runConfigurationSchema,
      data: z.string().min(1),
      engine: engineChoiceSchema,
      weights: path,
      start: z.boolean().default(true)
    }),
    result: z.strictObject({
      run: runCardSchema,
      /** What was taken from where, and what was not, in words. */
      notices: z.array(z.string())
    })
  })
}
