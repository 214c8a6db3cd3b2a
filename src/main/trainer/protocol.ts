import { z } from 'zod'
import { trainRequestSchema } from '../../shared/contract/training'

/** What the owner says to the trainer; the trainer answers with training events. */
export const trainerCommandSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('train'), request: trainRequestSchema }),
  /** Save a checkpoint and end. */
  z.strictObject({ command: z.literal('stop') })
])
export type TrainerCommand = z.infer<typeof trainerCommandSchema>
