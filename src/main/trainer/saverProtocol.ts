import { z } from 'zod'
import { serializedErrorSchema } from '../../shared/contract/messages'
import type { SaveRequest } from '../checkpoints/checkpointSaver'

/** What the trainer's thread gives the saver's; both are of one build, so that only its being there is looked at. */
export const saveRequestSchema = z.custom<SaveRequest>(
  (value) => typeof value === 'object' && value !== null && 'runFolder' in value && 'contents' in value,
  'Expected a checkpoint to save'
)

/** What the saver's thread answers: that it is ready, then once for each checkpoint. */
export const saverMessageSchema = z.discriminatedUnion('said', [
  z.strictObject({ said: z.literal('ready') }),
  z.strictObject({
    said: z.literal('saved'),
    path: z.string(),
    removed: z.strictObject({ steps: z.array(z.int()), freedBytes: z.number() })
  }),
  z.strictObject({ said: z.literal('failed'), error: serializedErrorSchema })
])
export type SaverMessage = z.infer<typeof saverMessageSchema>
