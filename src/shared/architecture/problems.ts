import { z } from 'zod'
import { editSchema } from './edits'
import { roleSchema } from './roles'

/** Everything that Kwiat can find wrong with a configuration's networks. Codes never change their meaning. */
const problemCodes = [
  'layer-name-taken',
  'layer-input-unknown',
  'layer-unread',
  'layer-inputs-unfit',
  'kernel-larger-than-input',
  'strided-convolution-in-generator',
  'output-size',
  'output-not-one-logit',
  'output-not-linear',
  'network-too-large',
  'output-not-tanh',
  'linear-after-linear',
  'kernel-not-divisible-by-stride',
  'max-pooling',
  'relu',
  'no-randomness',
  'uniform-latents',
  'saturating-with-penalty',
  'batch-normalization-with-penalty',
  'unequal-capacity',
  'memory-short'
] as const
const problemCodeSchema = z.enum(problemCodes)
export type ProblemCode = z.infer<typeof problemCodeSchema>

/** An error stops a run from starting; a warning doesn't. */
const severitySchema = z.enum(['error', 'warning'])
export type Severity = z.infer<typeof severitySchema>

/** One thing that is wrong, said in the language that was asked for. */
export const problemSchema = z.strictObject({
  code: problemCodeSchema,
  severity: severitySchema,
  /** Null for what is wrong with the run as a whole. */
  network: roleSchema.nullable(),
  /** Name and position of the layer that it stands on; null for the network or the run. */
  layer: z.string().nullable(),
  position: z.int().min(0).nullable(),
  /** Noun phrases. */
  expected: z.string(),
  actual: z.string(),
  /** The whole as one line: who, expected, actual, and what to do. */
  sentence: z.string(),
  /** Why it matters, in a sentence or two. */
  why: z.string(),
  /** A change that mends it, with the text of its button. */
  repair: z.strictObject({ label: z.string(), edits: z.array(editSchema).min(1).readonly() }).nullable()
})
export type Problem = z.infer<typeof problemSchema>
