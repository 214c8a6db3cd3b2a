import { z } from 'zod'
import { runConfigurationSchema } from '../config/runConfiguration'
import { errorCodes } from '../errors'
import { metricsSchema } from './metrics'

/** The engines that a run can ask for. */
export const engineIds = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml', 'tfjs-node-gpu', 'tfjs-node', 'eager'] as const
export type EngineId = (typeof engineIds)[number]

/** Threads of one operator; the engine's own choice when left out. */
const threads = z.int().min(1).max(256).optional()

export const engineChoiceSchema = z.strictObject({
  id: z.enum(engineIds).default('cpu'),
  threads,
  /** A folder whose node_modules have TensorFlow's package, for the engines of that name. */
  tensorflowFolder: z.string().min(1).exactOptional()
})
export type EngineChoice = z.infer<typeof engineChoiceSchema>

/** What a user may ask for: an engine, or the one that is fastest for the model on this computer. */
export const engineWishes = ['auto', ...engineIds] as const
export const engineWishSchema = z.strictObject({ id: z.enum(engineWishes).default('auto'), threads })
export type EngineWish = z.infer<typeof engineWishSchema>

/** What the trainer is asked to do: begin a run or go on with one. */
export const trainRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('new'),
    configuration: runConfigurationSchema,
    /** Path of the pictures, or "flowers". */
    data: z.string().min(1),
    /** Folder in which the run's folder is made. */
    runsFolder: z.string().min(1),
    /** First part of the run folder's name. */
    name: z.string().min(1),
    /** Last part of the run folder's name, six hexadecimal digits; drawn when left out. */
    id: z
      .string()
      .regex(/^[0-9a-f]{6}$/)
      .exactOptional(),
    engine: engineChoiceSchema
  }),
  z.strictObject({
    kind: z.literal('resume'),
    /** Path of a run's folder or of one of its checkpoints. */
    run: z.string().min(1),
    /** Total iterations to reach; those of the run's configuration when left out. */
    steps: z.int().min(1).optional(),
    /** The engine that the run began with when no id is given. */
    engine: engineChoiceSchema.omit({ id: true }).extend({ id: z.enum(engineIds).optional() })
  })
])
export type TrainRequest = z.infer<typeof trainRequestSchema>

/** What stood in the way, in words for the user. */
const trainingProblemSchema = z.strictObject({ code: z.enum(errorCodes), message: z.string() })
export type TrainingProblem = Readonly<z.infer<typeof trainingProblemSchema>>

const step = z.int().min(0)
/** A measured figure; null where it is not a finite number. */
const figure = z.number().nullable()

const event = <Name extends string, Fields extends z.ZodRawShape>(name: Name, fields: Fields) =>
  z.strictObject({ event: z.literal(name), ...fields })

/**
 * What a run tells while it goes on, in this order: importing*, prepared, (step | sample | checkpoint | removed)*, then finished
 * or failed. These are also the lines of `kwiat train --json`.
 */
export const trainingEventSchema = z.discriminatedUnion('event', [
  event('importing', { done: z.int(), total: z.int().nullable(), refused: z.int() }),
  event('prepared', {
    run: z.string(),
    engine: z.string(),
    /** Pictures that the run learns from. */
    pictures: z.int(),
    parameters: z.strictObject({ generator: z.int(), discriminator: z.int() }),
    /** Time to trace and compile the step. */
    compileMs: figure,
    /** Floating-point operations of one iteration. */
    flops: figure,
    fromStep: step,
    toStep: step,
    /** What the user should know although the run can start, as a broken checkpoint that was passed over. */
    notices: z.array(z.string())
  }),
  event('step', { ...metricsSchema.shape, secondsPerStep: figure, secondsLeft: figure }),
  event('sample', { step, path: z.string() }),
  event('checkpoint', { step, path: z.string() }),
  /** Checkpoints that the run's rule no longer keeps. */
  event('removed', { steps: z.array(step), freedBytes: z.number().min(0) }),
  event('finished', {
    step,
    /** The run's folder; null when it was stopped before training could begin, which leaves everything as it was. */
    run: z.string().nullable(),
    /** paused: by itself, before the disk is full. */
    reason: z.enum(['done', 'stopped', 'paused']),
    /** Why it paused. */
    problem: trainingProblemSchema.exactOptional()
  }),
  event('failed', {
    code: z.enum(errorCodes),
    message: z.string(),
    /** The run's folder, once there is one. */
    run: z.string().optional()
  })
])
export type TrainingEvent = z.infer<typeof trainingEventSchema>
