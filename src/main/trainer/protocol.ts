import { z } from 'zod'
import { trainingEventSchema, trainRequestSchema } from '../../shared/contract/training'

/** What the owner says to the trainer. */
export const trainerCommandSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('train'), request: trainRequestSchema }),
  /** Save a checkpoint and end. */
  z.strictObject({ command: z.literal('stop') }),
  /** Write the generator as it is now into a folder of its own in `parent`, and go on. One at a time. */
  z.strictObject({ command: z.literal('snapshot'), parent: z.string().min(1) }),
  /** The outcome has arrived: end. A child of Node ends by itself. */
  z.strictObject({ command: z.literal('end') })
])
export type TrainerCommand = z.infer<typeof trainerCommandSchema>

/** A sign of life, every two seconds; late by as long as a step of the training holds the process' thread. */
const beatSchema = z.strictObject({ event: z.literal('beat'), memoryBytes: z.number().min(0) })
export type Beat = z.infer<typeof beatSchema>

/** How a request for a snapshot ended. */
const snapshotSchema = z.strictObject({
  event: z.literal('snapshot'),
  outcome: z.union([
    z.strictObject({ folder: z.string(), step: z.int().min(0) }),
    z.strictObject({ problem: z.string() })
  ])
})

export const beatEveryMs = 2000

/** What the trainer says to its owner. */
export const trainerMessageSchema = z.union([trainingEventSchema, beatSchema, snapshotSchema])
export type TrainerMessage = z.infer<typeof trainerMessageSchema>
